// Notes in the margin (.doc .note): where two would collide, the lower one moves down.
export function hang() {
  const doc = document.querySelector(".doc");
  if (!doc || matchMedia("(max-width: 1180px)").matches) return;
  let free = -Infinity;
  for (const note of doc.querySelectorAll(".note:not(.flow)")) {
    note.style.top = "";
    const top = note.getBoundingClientRect().top;
    const shift = Math.max(0, free - top);
    if (shift) note.style.top = `${7 + shift}px`;
    free = top + shift + note.offsetHeight + 12;
  }
}

addEventListener("load", hang);
addEventListener("resize", hang);
document.addEventListener("pharos:refreshed", hang);
