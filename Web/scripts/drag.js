// [data-drop] takes [data-drag] cards: the card's record gets the lane's field value. A card is dragged there, or moved by the list of
// lanes that its [data-mover] opens, for fingers and keys.
import { send } from "./api.js";
import { refresh, revisionAt } from "./live.js";
import { announce } from "./notice.js";

let dragged = null;
let base = 0;

async function move(card, lane, base) {
  const from = card.parentElement;
  const path = card.dataset.drag;
  lane.append(card);
  try {
    const done = await send("PATCH", path, { base, fields: JSON.parse(lane.dataset.drop) });
    await refresh(done.revision);
    announce(done);
  } catch (error) {
    from.append(card);
    const [problem] = error.answer?.problems ?? [];
    alert(problem ? `${problem.message} ${problem.remedy ?? ""}` : error.message);
  }
  return document.querySelector(`[data-drag="${path}"]`);
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-drag]") ?? null;
  if (!dragged) return;
  base = revisionAt(dragged);
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const lane = event.target.closest?.("[data-drop]");
  if (!lane || !dragged) return;
  event.preventDefault();
  lane.classList.add("over");
});
document.addEventListener("dragleave", (event) => event.target.closest?.("[data-drop]")?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  const lane = event.target.closest?.("[data-drop]");
  if (!lane || !dragged) return;
  event.preventDefault();
  lane.classList.remove("over");
  const card = dragged;
  dragged = null;
  move(card, lane, base);
});

// How far the list of lanes keeps from the edge of the screen, in pixels.
const margin = 8;

function openLanes(mover) {
  const card = mover.closest("[data-drag]");
  const base = revisionAt(card);
  const list = document.createElement("div");
  list.className = "lanes";
  list.popover = "auto";
  list.role = "menu";
  list.ariaLabel = mover.ariaLabel;
  for (const lane of document.querySelectorAll("[data-drop]")) {
    if (lane.contains(card)) continue;
    const one = document.createElement("button");
    one.type = "button";
    one.role = "menuitem";
    one.textContent = lane.ariaLabel;
    one.addEventListener("click", async () => {
      list.hidePopover();
      const moved = await move(card, lane, base);
      moved?.querySelector("[data-mover]")?.focus();
    });
    list.append(one);
  }
  list.addEventListener("toggle", (event) => { if (event.newState === "closed") list.remove(); });
  document.body.append(list);
  list.showPopover();
  const box = mover.getBoundingClientRect();
  const hasRoom = box.bottom + list.offsetHeight + margin <= innerHeight;
  list.style.left = `${Math.max(margin, Math.min(box.left, document.documentElement.clientWidth - list.offsetWidth - margin))}px`;
  list.style.top = `${Math.max(margin, hasRoom ? box.bottom : box.top - list.offsetHeight)}px`;
  list.firstElementChild?.focus();
}

document.addEventListener("click", (event) => {
  const mover = event.target.closest?.("[data-mover]");
  if (mover) openLanes(mover);
});
document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.(".lanes");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!list || !step) return;
  event.preventDefault();
  const all = [...list.children];
  all.at((all.indexOf(event.target) + step) % all.length).focus();
});
