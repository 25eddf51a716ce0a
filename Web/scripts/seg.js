// A row of views that is wider than the screen shows the one that is open.
for (const current of document.querySelectorAll(".seg [aria-current]")) {
  const seg = current.closest(".seg");
  if (seg.scrollWidth > seg.clientWidth) seg.scrollLeft = current.offsetLeft - seg.offsetLeft - 24;
}
