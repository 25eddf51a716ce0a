// [data-edit] is text until somebody is in it.
// data-path: the record's address in the API; data-edit: the field; data-type, data-raw, data-last: how it is entered;
// data-options: the id of a datalist with what can be chosen.
import { send, page } from "./api.js";
import { refresh, revisionAt } from "./live.js";

let open = null;

function control(cell) {
  const { type, raw = "", options } = cell.dataset;
  if (type === "choice" || type === "flag" || type === "reference") {
    const select = document.createElement("select");
    select.add(new Option("", "", false, raw === ""));
    for (const one of document.getElementById(options)?.options ?? []) select.add(new Option(one.label, one.value, false, one.value === raw));
    return select;
  }
  if (type === "prose") {
    const area = document.createElement("textarea");
    area.value = raw;
    return area;
  }
  const input = document.createElement("input");
  input.type = type === "date" ? "date" : "text";
  if (type === "number" || type === "whole" || type === "money" || type === "percent") input.inputMode = "decimal";
  input.value = raw;
  return input;
}

function start(cell) {
  if (open) finish(open, true);
  const field = control(cell);
  field.setAttribute("aria-label", cell.getAttribute("aria-label") ?? cell.dataset.edit);
  const holder = document.createElement("span");
  holder.className = "editing";
  if (cell.dataset.refs) field.dataset.refs = cell.dataset.refs;
  const hint = document.createElement("span");
  hint.className = "edit-hint";
  const words = page();
  if (cell.dataset.last) hint.append(cell.dataset.last);
  const keys = document.createElement("span");
  keys.className = "keys";
  const save = cell.dataset.type === "prose" ? "Ctrl ↵" : "↵";
  for (const [key, word] of [[save, words.wordSave], ["Tab", words.wordNext], ["Esc", words.wordCancel]]) {
    const one = document.createElement("span");
    const mark = document.createElement("kbd");
    mark.textContent = key;
    one.append(mark, " ", word);
    keys.append(one);
  }
  hint.append(keys);
  holder.append(field, hint);
  // The revision is that of the text being replaced, whatever arrives while somebody types.
  open = { cell, field, hint, base: revisionAt(cell), before: [...cell.childNodes], raw: cell.dataset.raw ?? "", saving: false };
  cell.replaceChildren(holder);
  cell.classList.remove("edit");
  field.focus();
  if (field.select && field.type === "text") field.select();
  const mine = open;
  field.addEventListener("keydown", (event) => keydown(mine, event));
  field.addEventListener("blur", () => setTimeout(() => { if (open === mine && !mine.saving && document.hasFocus()) finish(mine, true); }, 0));
  if (field.tagName === "SELECT") field.addEventListener("change", () => finish(mine, true));
}

function keydown(edit, event) {
  const isProse = edit.cell.dataset.type === "prose";
  if (event.key === "Escape") {
    event.stopPropagation();
    finish(edit, false);
    edit.cell.focus();
  } else if (event.key === "Enter" && (!isProse || event.ctrlKey || event.metaKey) && !event.isComposing) {
    event.preventDefault();
    finish(edit, true).then((saved) => saved && edit.cell.focus());
  } else if (event.key === "Tab") {
    const cells = [...document.querySelectorAll("[data-edit]")].filter((cell) => cell.offsetParent);
    const next = cells[cells.indexOf(edit.cell) + (event.shiftKey ? -1 : 1)];
    event.preventDefault();
    // The row may have been replaced by what the change made of it.
    const { path, edit: field } = next?.dataset ?? {};
    finish(edit, true).then((saved) => {
      const there = saved && next && document.querySelector(`[data-path="${path}"][data-edit="${field}"]`);
      if (there) start(there);
    });
  }
}

function close(edit) {
  edit.cell.replaceChildren(...edit.before);
  edit.cell.classList.add("edit");
  if (open === edit) open = null;
}

async function finish(edit, save) {
  if (edit.saving) return false;
  const value = edit.field.value;
  if (!save || value === edit.raw) {
    close(edit);
    // What arrived meanwhile was kept away from under the cursor.
    if (edit.cell.closest("[data-since]")) await refresh();
    return true;
  }
  edit.saving = true;
  try {
    const { path, edit: field } = edit.cell.dataset;
    const done = await send("PATCH", path, { base: edit.base, fields: { [field]: value } });
    edit.cell.dataset.raw = value;
    close(edit);
    await refresh(done.revision);
    return true;
  } catch (error) {
    edit.saving = false;
    refuse(edit, error);
    return false;
  }
}

/// A refused value stays in the field, with the reason where the hint was; a conflict shows both values.
function refuse(edit, error) {
  const { problems = [], conflicts = [] } = error.answer ?? {};
  const reasons = problems.map((one) => `${one.message} ${one.remedy ?? ""}`);
  const text = document.createElement("span");
  text.className = "refused";
  text.textContent = reasons.join(" ") || error.message;
  const parts = [text];
  for (const conflict of conflicts) {
    const theirs = document.createElement("span");
    theirs.className = "theirs";
    theirs.textContent = typeof conflict.theirs === "string" ? conflict.theirs : JSON.stringify(conflict.theirs);
    parts.push(theirs);
    // Saving again is then a decision against what is there now.
    edit.base = error.answer.revision;
  }
  edit.hint.replaceChildren(...parts);
  edit.field.focus();
}

document.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-edit]");
  if (cell && !event.target.closest("a, .editing")) start(cell);
});
document.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === "F2") && event.target.matches?.("[data-edit]")) {
    event.preventDefault();
    start(event.target);
  }
});

export function isEditing() { return open !== null; }
