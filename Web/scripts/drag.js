// [data-drop] takes [data-drag] cards: the dropped card's record gets the lane's field value.
import { send } from "./api.js";
import { refresh, revisionAt } from "./live.js";
import { announce } from "./notice.js";

let dragged = null;
let base = 0;

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
document.addEventListener("drop", async (event) => {
  const lane = event.target.closest?.("[data-drop]");
  if (!lane || !dragged) return;
  event.preventDefault();
  lane.classList.remove("over");
  const card = dragged;
  dragged = null;
  const from = card.parentElement;
  lane.append(card);
  try {
    const done = await send("PATCH", card.dataset.drag, { base, fields: JSON.parse(lane.dataset.drop) });
    await refresh(done.revision);
    announce(done);
  } catch (error) {
    from.append(card);
    alert(error.answer?.problems?.[0]?.message ?? error.message);
  }
});
