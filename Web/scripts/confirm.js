// A form or button with [data-confirm] asks before it goes on.
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (words && !confirm(words)) event.preventDefault();
});
// [data-submit-on-change]: a select that filters sends its form by itself.
document.addEventListener("change", (event) => event.target.closest("[data-submit-on-change]")?.requestSubmit());
