// A form or button with [data-confirm] asks before it goes on.
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (words && !confirm(words)) event.preventDefault();
});
// [data-submit-on-change]: a select that filters sends its form by itself.
document.addEventListener("change", (event) => event.target.closest("[data-submit-on-change]")?.requestSubmit());

// A page is not left without a question while something on it is not saved: what was typed into a form with [data-unsaved]
// ("refused" where the server has sent it back), or what another script says so of.
const questions = [];
const kept = new Set(document.querySelectorAll("form[data-unsaved]"));

export function askWhile(isUnsaved) { questions.push(isUnsaved); }

function isFilledIn(form) {
  return form.dataset.unsaved === "refused" || [...form.elements].some((one) => {
    if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
    if (one.options) return one.value !== ([...one.options].find((option) => option.defaultSelected) ?? one.options[0])?.value;
    return "defaultValue" in one && one.value !== one.defaultValue;
  });
}

askWhile(() => [...kept].some(isFilledIn));
document.addEventListener("submit", (event) => { if (!event.defaultPrevented) kept.delete(event.target); });
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-unsaved]")) kept.add(form);
});
addEventListener("beforeunload", (event) => { if (questions.some((isUnsaved) => isUnsaved())) event.preventDefault(); });
