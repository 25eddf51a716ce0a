// Rows that can stand elsewhere ([data-move]): Alt with ↑ ↓ moves a row among its siblings, → puts it into the one above, ← takes it out.
import { send } from "./api.js";
import { refresh, revisionAt } from "./live.js";
import { announce } from "./notice.js";

const rows = (row) => [...row.parentElement.children].filter((one) => one.dataset.move);
const parent = (row) => row.dataset.parent ?? null;
const siblings = (row) => rows(row).filter((one) => parent(one) === parent(row));

/// Where the key takes the row: the record it shall stand in and the sibling it shall follow; `null` where it cannot go.
function target(row, key) {
  const all = siblings(row);
  const at = all.indexOf(row);
  const id = (one) => one?.id ?? null;
  if (key === "ArrowUp") return at > 0 ? { parent: parent(row), after: id(all[at - 2]) } : null;
  if (key === "ArrowDown") return at < all.length - 1 ? { parent: parent(row), after: id(all[at + 1]) } : null;
  if (key === "ArrowRight") {
    const into = all[at - 1];
    if (!into || !("tree" in row.dataset)) return null;
    return { parent: into.id, after: id(rows(row).filter((one) => parent(one) === into.id).at(-1)) };
  }
  if (key === "ArrowLeft" && parent(row)) {
    const above = rows(row).find((one) => one.id === parent(row));
    return above ? { parent: parent(above), after: above.id } : null;
  }
  return null;
}

document.addEventListener("keydown", async (event) => {
  if (!event.altKey || !event.key.startsWith("Arrow")) return;
  const row = event.target.closest?.("tr[data-move]");
  const place = row && !event.target.closest(".editing") ? target(row, event.key) : null;
  if (!place) return;
  event.preventDefault();
  const focused = event.target.dataset?.edit;
  const { id } = row;
  try {
    const done = await send("POST", row.dataset.move, { base: revisionAt(row), ...place });
    await refresh(done.revision);
    announce(done);
    document.getElementById(id)?.querySelector(`[data-edit="${focused}"]`)?.focus();
  } catch (error) {
    alert(error.answer?.problems?.[0]?.message ?? error.message);
  }
});
