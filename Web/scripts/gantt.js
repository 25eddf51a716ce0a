// [data-bar] of a Gantt chart can be drawn along the time axis: the middle moves the task, the right end changes its duration.
// Drawn onto another bar, the task becomes a predecessor of that one. A press without a move opens the task. The table below does the
// same from the keyboard.
import { send } from "./api.js";
import { refresh, revisionAt } from "./live.js";
import { announce } from "./notice.js";

// A chart wider than the screen stays where it was moved to when it is drawn anew.
let left = 0;

// Links in [data-stays] that lead to the same page seen otherwise: it opens where it was left.
const place = "pharos-place";
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-stays] a");
  const address = link && new URL(link.getAttribute("href"), location.href);
  if (!address || address.pathname !== location.pathname || address.hash) return;
  sessionStorage.setItem(place, JSON.stringify({ path: location.pathname, top: scrollY, left }));
});
const was = JSON.parse(sessionStorage.getItem(place));
sessionStorage.removeItem(place);
if (was?.path === location.pathname) {
  scrollTo(0, was.top);
  const time = document.querySelector(".gantt .time");
  if (time) time.scrollLeft = was.left;
}

document.addEventListener("pharos:refreshed", () => {
  const time = document.querySelector(".gantt .time");
  if (time) time.scrollLeft = left;
});

// On a phone a chart fitted to the screen cannot be read: it opens by months, names beside it, at today.
const narrow = "(max-width: 720px)";
async function openByMonths() {
  const address = new URL(location.href);
  if (!matchMedia(narrow).matches || !document.querySelector(".gantt:not(.parted)") || address.searchParams.has("scale")) return;
  address.searchParams.set("scale", "month");
  history.replaceState(history.state, "", address);
  await refresh();
  const [time, today] = [document.querySelector(".gantt .time"), document.querySelector(".gantt #today")];
  if (!time || !today) return;
  // The line stands a third into the place that links lead to, and comes to stand in the middle.
  const box = today.getBoundingClientRect();
  time.scrollLeft += box.left + box.width / 3 - time.getBoundingClientRect().left - time.clientWidth / 2;
}
openByMonths();
document.addEventListener("scroll", (event) => { if (event.target.matches?.(".gantt .time")) left = event.target.scrollLeft; }, true);

const edge = 6;
// How far a bar is drawn out of its row before it is to be linked, in pixels.
const outOfRow = 16;
let held = null;

function scale(bar) {
  const svg = bar.ownerSVGElement;
  return { day: Number(svg.dataset.day) * (svg.getBoundingClientRect().width / svg.viewBox.baseVal.width), width: Number(svg.dataset.day) };
}

// Milestones have no duration to change, and what is done keeps its own.
function isAtEnd(bar, event) {
  if (bar.dataset.point || bar.dataset.done) return false;
  const box = bar.getBoundingClientRect();
  return box.right - event.clientX <= Math.min(edge, box.width / 4);
}

document.addEventListener("pointermove", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (bar && !held) bar.style.cursor = isAtEnd(bar, event) ? "ew-resize" : bar.dataset.move ? "grab" : "pointer";
  if (!held) return;
  if (!held.resizes && Math.abs(event.clientY - held.y) > outOfRow) return drawLink(event);
  dropLink(held);
  const days = Math.round((event.clientX - held.x) / held.day);
  if (days === held.days) return;
  held.days = days;
  tell(held, event);
  const shift = days * held.width;
  if (held.resizes) held.bar.setAttribute("width", Math.max(held.size + shift, held.width));
  else held.bar.setAttribute("transform", `translate(${shift} 0)`);
  held.bar.classList.add("held");
});

document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  // A finger scrolls the chart; its tap opens the task.
  if (!bar || event.button !== 0 || event.pointerType === "touch") return;
  const resizes = isAtEnd(bar, event);
  const { day, width } = scale(bar);
  held = { bar, base: revisionAt(bar), resizes, day, width, x: event.clientX, y: event.clientY, days: 0, size: Number(bar.getAttribute("width")), still: !resizes && !bar.dataset.move };
  if (held.still) held.day = Infinity;
  bar.setPointerCapture(event.pointerId);
  event.preventDefault();
});

document.addEventListener("pointerup", async () => {
  if (!held) return;
  const { bar, base, days, resizes, line, successor, hasLeft } = held;
  dropLink(held);
  tell(held);
  held = null;
  if (line) {
    if (successor && await save(() => link(bar, successor))) say("linked", { task: idOf(bar), other: idOf(successor) });
  } else if (days === 0) {
    if (!hasLeft) location.assign(bar.dataset.bar);
  } else {
    const fields = resizes ? longer(bar, days) : moved(bar, days);
    const isSaved = await save(() => send("PATCH", "/api/v1" + bar.dataset.bar, { base, fields }));
    settle(bar);
    const now = document.querySelector(`[data-bar="${bar.dataset.bar}"]`);
    const facts = now && { task: idOf(now), start: short(now.dataset.start), finish: short(now.dataset.finish) };
    if (isSaved && now && fields.constraint) say("constrained", { ...facts, from: short(fields.constraintDate) });
    else if (isSaved && now) say("moved", facts);
  }
});

// Sends a change, says why it was refused, and shows what stands now; `false` if it was refused.
async function save(change) {
  try {
    const done = await change();
    await refresh(done.revision);
    announce(done);
    return true;
  } catch (error) {
    alert(error.answer?.problems?.[0]?.message ?? error.message);
    await refresh();
    return false;
  }
}

// The dates the held bar would get, in a bubble at the pointer; no bubble without a pointer or a change.
let bubble = null;

function tell(held, event) {
  bubble?.remove();
  bubble = null;
  if (!event || !held.days) return;
  const { start, finish } = drawn(held);
  bubble = document.createElement("div");
  bubble.className = "bubble";
  bubble.textContent = start === finish ? short(start) : `${short(start)} – ${short(finish)}`;
  document.body.append(bubble);
  bubble.style.left = `${Math.max(8, Math.min(event.clientX, innerWidth - bubble.offsetWidth - 8))}px`;
  bubble.style.top = `${Math.max(8, event.clientY - bubble.offsetHeight - 14)}px`;
}

// What was set, in the words of the page, for as long as it takes to read.
let quiet = 0;

function say(words, facts) {
  const line = document.querySelector(".said");
  line.textContent = line.dataset[words].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  clearTimeout(quiet);
  quiet = setTimeout(() => { line.textContent = ""; }, 8000);
}

const idOf = (bar) => bar.dataset.bar.split("/").pop();

const days = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "zh-Hans", { month: "short", day: "numeric", timeZone: "UTC" });
const short = (day) => days.format(new Date(day + "T00:00:00Z"));

// From the finish of the held bar to the pointer; the bar below the pointer is the one that would wait.
function drawLink(event) {
  settle(held.bar, held.size);
  held.days = 0;
  tell(held);
  held.hasLeft = true;
  const svg = held.bar.ownerSVGElement;
  const box = svg.getBoundingClientRect();
  const shown = svg.viewBox.baseVal.width / box.width;
  if (!held.line) {
    held.line = svg.appendChild(document.createElementNS(svg.namespaceURI, "line"));
    held.line.classList.add("drawn-link");
    held.line.setAttribute("x1", Number(held.bar.getAttribute("x")) + held.size);
    held.line.setAttribute("y1", Number(held.bar.getAttribute("y")) + Number(held.bar.getAttribute("height")) / 2);
  }
  held.line.setAttribute("x2", (event.clientX - box.left) * shown);
  held.line.setAttribute("y2", (event.clientY - box.top) * shown);
  const below = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches("[data-bar]") && one !== held.bar);
  if (below === held.successor) return;
  held.successor?.classList.remove("held");
  held.successor = below;
  below?.classList.add("held");
}

function dropLink(drawn) {
  drawn.line?.remove();
  drawn.successor?.classList.remove("held");
  drawn.line = drawn.successor = null;
}

// The task waits for the finish of the other, besides what it waits for already.
async function link(bar, successor) {
  const path = "/api/v1" + successor.dataset.bar;
  const { record, revision } = await send("GET", path);
  const before = record.fields.predecessors ?? [];
  const id = idOf(bar);
  if (before.some((one) => one.split(" ")[0] === id)) return { revision };
  return send("PATCH", path, { base: revision, fields: { predecessors: [...before, id] } });
}

document.addEventListener("click", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (bar && event.pointerType === "touch") location.assign(bar.dataset.bar);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !held) return;
  dropLink(held);
  tell(null);
  settle(held.bar, held.size);
  held = null;
});

function settle(bar, size) {
  bar.removeAttribute("transform");
  bar.classList.remove("held");
  if (size) bar.setAttribute("width", size);
}

function plus(day, days) {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// A task that waits for others is held back by a constraint, one that waits for nothing is given its start.
function moved(bar, days) {
  const start = plus(bar.dataset.start, days);
  // What lies by hand keeps both its dates.
  if (bar.dataset.move === "both") return { start, due: plus(bar.dataset.finish, days) };
  return bar.dataset.move === "start" ? { start } : { constraint: "startNoEarlierThan", constraintDate: start };
}

const restOf = (bar) => new Set(bar.ownerSVGElement.dataset.rest.split(","));

// Working days of a bar up to a last day, at least one.
function workingDays(bar, last) {
  const rest = restOf(bar);
  let count = 0;
  for (let day = bar.dataset.start; day <= last; day = plus(day, 1)) if (!rest.has(day)) count += 1;
  return Math.max(count, 1);
}

function longer(bar, days) {
  if (bar.dataset.move === "both") return { due: plus(bar.dataset.finish, days) };
  return { duration: `${workingDays(bar, plus(bar.dataset.finish, days))}d` };
}

// Where the held bar would lie: from a working day on, for as many working days as it has.
function drawn({ bar, days, resizes }) {
  const rest = restOf(bar);
  let start = resizes ? bar.dataset.start : plus(bar.dataset.start, days);
  while (rest.has(start)) start = plus(start, 1);
  let finish = start;
  const last = resizes ? plus(bar.dataset.finish, days) : bar.dataset.finish;
  for (let left = workingDays(bar, last) - 1; left > 0;) {
    finish = plus(finish, 1);
    if (!rest.has(finish)) left -= 1;
  }
  return { start, finish };
}
