// [data-bar] of a Gantt chart can be drawn along the time axis: the middle moves the task, the right end changes its duration.
// Drawn onto another bar, the task becomes a predecessor of that one. A press without a move opens the task. The table below does the
// same from the keyboard.
import { send } from "./api.js";
import { refresh, revisionAt } from "./live.js";

// A chart wider than the screen stays where it was moved to when it is drawn anew.
let left = 0;

document.addEventListener("pharos:refreshed", () => {
  const time = document.querySelector(".gantt .time");
  if (time) time.scrollLeft = left;
});
document.addEventListener("scroll", (event) => { if (event.target.matches?.(".gantt .time")) left = event.target.scrollLeft; }, true);

const edge = 9;
// How far a bar is drawn out of its row before it is to be linked, in pixels.
const outOfRow = 16;
let held = null;

function scale(bar) {
  const svg = bar.ownerSVGElement;
  return { day: Number(svg.dataset.day) * (svg.getBoundingClientRect().width / svg.viewBox.baseVal.width), width: Number(svg.dataset.day) };
}

// Milestones have no duration to change.
function isAtEnd(bar, event) {
  if (bar.dataset.point) return false;
  const box = bar.getBoundingClientRect();
  return box.right - event.clientX <= Math.min(edge, box.width / 2);
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
  held = null;
  if (line) {
    if (successor) await save(() => link(bar, successor));
  } else if (days === 0) {
    if (!hasLeft) location.assign(bar.dataset.bar);
  } else {
    await save(() => send("PATCH", "/api/v1" + bar.dataset.bar, { base, fields: resizes ? longer(bar, days) : moved(bar, days) }));
    settle(bar);
  }
});

// Sends a change, says why it was refused, and shows what stands now.
async function save(change) {
  let revision = 0;
  try {
    revision = (await change()).revision;
  } catch (error) {
    alert(error.answer?.problems?.[0]?.message ?? error.message);
  }
  await refresh(revision);
}

// From the finish of the held bar to the pointer; the bar below the pointer is the one that would wait.
function drawLink(event) {
  settle(held.bar, held.size);
  held.days = 0;
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
  const id = bar.dataset.bar.split("/").pop();
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
  return bar.dataset.move === "start" ? { start } : { constraint: "startNoEarlierThan", constraintDate: start };
}

// Working days from the start to the new last day, at least one.
function longer(bar, days) {
  const svg = bar.ownerSVGElement;
  const rest = new Set(svg.dataset.rest.split(","));
  const last = plus(bar.dataset.finish, days);
  let count = 0;
  for (let day = bar.dataset.start; day <= last; day = plus(day, 1)) if (!rest.has(day)) count += 1;
  return { duration: `${Math.max(count, 1)}d` };
}
