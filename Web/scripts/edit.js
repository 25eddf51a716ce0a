// [data-edit] is text until somebody is in it.
// data-path: the record's address in the API; data-edit: the field; data-type, data-raw, data-last: how it is entered;
// data-options: the id of a datalist with what can be chosen.
import { send, page } from "./api.js";
import { refresh, revisionAt } from "./live.js";
import { announce } from "./notice.js";
import { askWhile } from "./confirm.js";

// The one somebody is in, and all whose text is not settled yet.
let open = null;
const edits = new Set();
// Longer changes of a text are not thrown away without a question, in characters.
const few = 5;
// A line of more characters than this is written in a field of several lines.
const long = 40;
// How far a hint keeps from its field and from the edge of the screen, in pixels.
const gap = 10;
const margin = 8;

const isProse = (edit) => edit.cell.dataset.type === "prose";
// A date of which a part is missing has no value, but is not emptied.
const isIncomplete = (edit) => edit.field.validity?.badInput === true;
const isChanged = (edit) => edit.field.isConnected && (edit.field.value !== edit.raw || isIncomplete(edit));

function make(name, className, ...children) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

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
  if (type === "line" && raw.length > long) {
    const area = make("textarea", "line");
    area.rows = 1;
    area.value = raw;
    return area;
  }
  const input = document.createElement("input");
  input.type = type === "date" ? "date" : "text";
  if (type === "date") [input.min, input.max] = [page().firstDay, page().lastDay];
  if (type === "number" || type === "whole" || type === "money" || type === "percent") input.inputMode = "decimal";
  input.value = raw;
  return input;
}

function start(cell) {
  if (open) finish(open, true);
  const field = control(cell);
  field.setAttribute("aria-label", cell.getAttribute("aria-label") ?? cell.dataset.edit);
  if (cell.dataset.refs) field.dataset.refs = cell.dataset.refs;
  const message = make("span", "message", cell.dataset.last ?? "");
  const hint = make("span", "edit-hint", message);
  const holder = make("span", "editing", field, hint);
  // The revision is that of the text being replaced, whatever arrives while somebody types.
  const mine = { cell, field, hint, message, base: revisionAt(cell), before: [...cell.childNodes], raw: cell.dataset.raw ?? "", saving: null };
  hint.append(keys(mine), buttons(mine));
  open = mine;
  edits.add(mine);
  cell.replaceChildren(holder);
  cell.classList.remove("edit");
  field.focus();
  if (field.select && field.matches("[type=text], .line")) field.select();
  place(mine);
  field.addEventListener("keydown", (event) => keydown(mine, event));
  field.addEventListener("input", () => place(mine));
  field.addEventListener("blur", () => setTimeout(() => {
    if (open === mine && !mine.saving && document.hasFocus() && !holder.contains(document.activeElement)) finish(mine, true);
  }, 0));
  if (field.tagName === "SELECT") saveWhenChosen(mine);
}

/// An option that is pressed is chosen; one that an arrow key or a letter leads to may be on the way to another.
function saveWhenChosen(edit) {
  const { field } = edit;
  let isOnTheWay = false;
  // These open the list, from which one is then chosen.
  const opens = (event) => event.key === " " || event.key === "F4" || event.altKey;
  field.addEventListener("keydown", (event) => { isOnTheWay = !opens(event); });
  field.addEventListener("pointerdown", () => { isOnTheWay = false; });
  field.addEventListener("change", () => { if (!isOnTheWay) finish(edit, true); });
}

function keys(edit) {
  const words = page();
  const all = [[isProse(edit) ? "Ctrl ↵" : "↵", words.wordSave], ["Tab", words.wordNext], ["Esc", words.wordCancel]];
  return make("span", "keys", ...all.map(([key, word]) => make("span", "", make("kbd", "", key), " ", word)));
}

/// For fingers, which have no such keys.
function buttons(edit) {
  const words = page();
  const button = (className, word, act) => {
    const one = make("button", className, word);
    one.type = "button";
    // The field keeps the cursor, or leaving it would save.
    one.addEventListener("mousedown", (event) => event.preventDefault());
    one.addEventListener("click", act);
    return one;
  };
  return make(
    "span", "acts", button("btn main s", words.wordSave, () => finish(edit, true)), button("btn s", words.wordCancel, () => drop(edit)));
}

/// A hint stands below its field, or above where there is no room, and never beyond the edge of the screen.
function place({ field, hint }) {
  if (getComputedStyle(hint).position !== "fixed") return;
  const box = field.getBoundingClientRect();
  const below = box.bottom + gap;
  const above = box.top - gap - hint.offsetHeight;
  const hasRoom = below + hint.offsetHeight <= (visualViewport?.height ?? innerHeight);
  const left = field.closest(".num") ? box.right - hint.offsetWidth : box.left;
  const most = document.documentElement.clientWidth - hint.offsetWidth - margin;
  hint.style.top = `${hasRoom || above < margin ? below : above}px`;
  hint.style.left = `${Math.max(margin, Math.min(left, most))}px`;
}

for (const change of ["scroll", "resize"]) addEventListener(change, () => { if (open) place(open); }, true);

function keydown(edit, event) {
  if (event.key === "Escape") {
    event.stopPropagation();
    drop(edit);
  } else if (event.key === "Enter" && (!isProse(edit) || event.ctrlKey || event.metaKey) && !event.isComposing) {
    event.preventDefault();
    finish(edit, true);
  } else if (event.key === "Tab") {
    const cells = [...document.querySelectorAll("[data-edit]")].filter((cell) => cell.offsetParent);
    const next = cells[cells.indexOf(edit.cell) + (event.shiftKey ? -1 : 1)];
    event.preventDefault();
    finish(edit, true).then((saved) => {
      const there = saved && next && standing(next);
      if (there) start(there);
    });
  }
}

/// The cell itself, or what has been put in its place.
function standing(cell) {
  const { path, edit } = cell.dataset;
  return cell.isConnected ? cell : document.querySelector(`[data-path="${path}"][data-edit="${edit}"]`);
}

const isSeen = (cell) => {
  const { top, bottom } = cell.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

/// Shows the text where the field was; a field is often taller than its text, and must not leave the reader far below it.
function close(edit) {
  const { cell } = edit;
  const wasInside = cell.contains(document.activeElement);
  cell.replaceChildren(...edit.before);
  cell.classList.add("edit");
  edits.delete(edit);
  if (open === edit) open = null;
  if (wasInside) cell.focus({ preventScroll: true });
  bringBack(cell);
}

function bringBack(cell) {
  if (cell && !open && !isSeen(cell)) cell.scrollIntoView({ block: "nearest" });
}

/// How many characters differ.
function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  let end = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return Math.max(before.length, after.length) - start - end;
}

function drop(edit) {
  if (edit.saving) return;
  const isMuch = isProse(edit) && difference(edit.raw, edit.field.value) > few;
  if (isMuch && !confirm(page().wordDrop)) edit.field.focus();
  else finish(edit, false);
}

async function finish(edit, save) {
  if (!edit.saving && (!save || !isChanged(edit))) {
    close(edit);
    // What arrived meanwhile was kept away from under the cursor.
    if (edit.cell.closest("[data-since]")) await refresh();
    return true;
  }
  const done = await stored(edit);
  if (!done) return false;
  await refresh(done.revision);
  bringBack(standing(edit.cell));
  announce(done);
  return true;
}

/// What the server made of the text; `null` if it was refused.
function stored(edit) {
  if (isIncomplete(edit)) {
    refuse(edit, new Error(page().wordIncomplete));
    return Promise.resolve(null);
  }
  edit.saving ??= store(edit);
  return edit.saving;
}

async function store(edit) {
  const { path, edit: field } = edit.cell.dataset;
  // What is pasted may bring line ends with it.
  const value = edit.field.matches(".line") ? edit.field.value.replace(/\s*\n\s*/g, " ") : edit.field.value;
  edit.field.readOnly = true;
  try {
    const done = await send("PATCH", path, { base: edit.base, fields: { [field]: value } });
    edit.cell.dataset.raw = value;
    close(edit);
    return done;
  } catch (error) {
    edit.saving = null;
    edit.field.readOnly = false;
    refuse(edit, error);
    return null;
  }
}

/// A refused value stays in the field, with the reason where the hint was; a conflict shows both values.
function refuse(edit, error) {
  const { problems = [], conflicts = [] } = error.answer ?? {};
  const reasons = problems.map((one) => [one.message, one.remedy ?? ""].join(one.message.endsWith("。") ? "" : " "));
  const again = isProse(edit) ? page().wordOfflineProse : page().wordOfflineLine;
  const parts = [make("span", "refused", error.isOffline ? again : reasons.join(" ") || error.message)];
  for (const conflict of conflicts) {
    parts.push(make("span", "theirs", typeof conflict.theirs === "string" ? conflict.theirs : JSON.stringify(conflict.theirs)));
    parts.push(make("span", "", page().wordOverwrite));
    // Saving again is then a decision against what is there now.
    edit.base = error.answer.revision;
  }
  edit.message.replaceChildren(...parts);
  place(edit);
  // Whoever has gone on to another field meanwhile stays there.
  if (!open || open === edit) edit.field.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("a, .editing")) return;
  // Beside the words of a cell of a table is in it, too.
  const cell = event.target.closest("[data-edit]") ?? (event.target.matches("td") ? event.target.querySelector("[data-edit]") : null);
  if (cell && !cell.querySelector(".editing")) start(cell);
});
document.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === "F2") && event.target.matches?.("[data-edit]")) {
    event.preventDefault();
    start(event.target);
  }
});

// A link or a form leads on once what was written is saved. Where it is refused, the page stays, with the reason.
function hold(event, goOn) {
  // Taking a change back leads nowhere.
  if (event.target.matches?.("[data-undo]")) return;
  const unsaved = [...edits].filter(isChanged);
  if (unsaved.length === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  Promise.all(unsaved.map(stored)).then((all) => { if (all.every(Boolean)) goOn(); });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const isElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link?.getAttribute("target");
  if (link && !isElsewhere) hold(event, () => location.assign(link.getAttribute("href")));
}, true);
document.addEventListener("submit", (event) => hold(event, () => event.target.requestSubmit(event.submitter)), true);
askWhile(() => [...edits].some(isChanged));
