// [data-bar] of a Gantt chart can be drawn along the time axis: the middle moves the task, the right end changes its duration.
// A press without a move opens the task. The table below does the same from the keyboard.
import { send } from "./api.js";
import { refresh, revisionAt } from "./live.js";

const edge = 9;
let held = null;

function scale(bar) {
  const svg = bar.ownerSVGElement;
  return { day: Number(svg.dataset.day) * (svg.getBoundingClientRect().width / svg.viewBox.baseVal.width), width: Number(svg.dataset.day) };
}

function isAtEnd(bar, event) {
  const box = bar.getBoundingClientRect();
  return box.right - event.clientX <= Math.min(edge, box.width / 2);
}

document.addEventListener("pointermove", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (bar && !held) bar.style.cursor = isAtEnd(bar, event) ? "ew-resize" : bar.dataset.move ? "grab" : "pointer";
  if (!held) return;
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
  held = { bar, base: revisionAt(bar), resizes, day, width, x: event.clientX, days: 0, size: Number(bar.getAttribute("width")), still: !resizes && !bar.dataset.move };
  if (held.still) held.day = Infinity;
  bar.setPointerCapture(event.pointerId);
  event.preventDefault();
});

document.addEventListener("pointerup", async () => {
  if (!held) return;
  const { bar, base, days, resizes } = held;
  let revision = 0;
  held = null;
  if (days === 0) return location.assign(bar.dataset.bar);
  try {
    const done = await send("PATCH", "/api/v1" + bar.dataset.bar, { base, fields: resizes ? longer(bar, days) : moved(bar, days) });
    revision = done.revision;
  } catch (error) {
    alert(error.answer?.problems?.[0]?.message ?? error.message);
  }
  settle(bar);
  await refresh(revision);
});

document.addEventListener("click", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (bar && event.pointerType === "touch") location.assign(bar.dataset.bar);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !held) return;
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
