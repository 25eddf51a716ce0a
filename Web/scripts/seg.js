// What is wider than the screen and moves sideways. A row of views shows the one that is open.
import { page } from "./api.js";

for (const current of document.querySelectorAll(".seg [aria-current]")) {
  const seg = current.closest(".seg");
  if (seg.scrollWidth > seg.clientWidth) seg.scrollLeft = current.offsetLeft - seg.offsetLeft - 24;
}

// A picture or table says on which sides there is more: data-sides names them, data-beyond says it in words.
const wide = ".scroll, .gantt:not(.parted)";

function mark(element) {
  const most = element.scrollWidth - element.clientWidth;
  const hasLeft = element.scrollLeft > 1;
  const hasRight = element.scrollLeft < most - 1;
  if (most <= 1) {
    delete element.dataset.beyond;
    return delete element.dataset.sides;
  }
  element.dataset.sides = [hasLeft ? "left" : "", hasRight ? "right" : ""].join(" ").trim();
  element.dataset.beyond = [hasLeft ? page().wordBefore : "", hasRight ? page().wordAfter : ""].filter(Boolean).join("　");
}

const markAll = () => document.querySelectorAll(wide).forEach(mark);
document.addEventListener("scroll", (event) => { if (event.target.matches?.(wide)) mark(event.target); }, true);
for (const change of ["load", "resize"]) addEventListener(change, markAll);
document.addEventListener("pharos:refreshed", markAll);
markAll();
