// [data-theme-toggle]: light → dark → as the system, remembered in this browser.
const order = ["light", "dark", "auto"];

function apply(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function stored() {
  try { return localStorage.getItem("theme") ?? "auto"; } catch { return "auto"; }
}

apply(stored());
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  const next = order[(order.indexOf(stored()) + 1) % order.length];
  try { localStorage.setItem("theme", next); } catch { /* remembered for this page only */ }
  apply(next);
});
