// Where short ids are typed ([data-refs] names the kinds), records are offered by id or name; choosing one writes its id.
import { page } from "./api.js";

let list = null;
let field = null;
let asked = 0;
// How far the list keeps from its field and from the edge of the screen, and how low it may become, in pixels.
const gap = 2;
const margin = 8;
const least = 64;

const kindsOf = (input) => input.dataset.refs ?? null;

/// The piece of the text being typed: after the last comma. Behind an id and a blank stands its lag or share.
function piece(input) {
  const before = input.value.slice(0, input.selectionStart ?? input.value.length);
  const start = Math.max(before.lastIndexOf(","), before.lastIndexOf("，"), before.lastIndexOf("、"), before.lastIndexOf("\n")) + 1;
  const text = before.slice(start);
  const blanks = text.length - text.trimStart().length;
  return { start: start + blanks, end: before.length, text: text.trim() };
}

function close() {
  list?.remove();
  list = null;
  field = null;
}

async function offer(input) {
  const { text } = piece(input);
  if (!text || /^\S*-\d+\s/.test(text)) return close();
  const mine = ++asked;
  const query = new URLSearchParams({ kinds: kindsOf(input), q: text });
  const answer = await fetch(`/api/v1/plans/${page().plan}/choices?${query}`);
  if (!answer.ok || mine !== asked || !input.isConnected) return;
  show(input, await answer.json());
}

function show(input, choices) {
  close();
  if (choices.length === 0 || document.activeElement !== input) return;
  field = input;
  list = document.createElement("ul");
  list.className = "picks";
  list.role = "listbox";
  for (const { id, title, plan } of choices) {
    const one = document.createElement("li");
    one.role = "option";
    one.dataset.id = id;
    const name = document.createElement("b");
    name.textContent = title;
    const small = document.createElement("small");
    small.textContent = id.includes("/") ? `${id} ${plan}` : id;
    one.append(name, small);
    one.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
    list.append(one);
  }
  document.body.append(list);
  place(input);
}

/// The list stands below its field or above it, wherever there is more room, and never on what saves the form.
function place(input) {
  const box = input.getBoundingClientRect();
  const acts = [...input.closest("form, .editing")?.querySelectorAll(".acts, .edit-hint") ?? []]
    .map((one) => one.getBoundingClientRect()).filter((one) => one.height > 0);
  const bars = [...document.querySelectorAll(".top, .tabbar")].map((one) => one.getBoundingClientRect()).filter((one) => one.height > 0);
  acts.push(...bars);
  const floor = Math.min(innerHeight - margin, ...acts.filter((one) => one.top >= box.bottom).map((one) => one.top));
  const ceiling = Math.max(margin, ...acts.filter((one) => one.bottom <= box.top).map((one) => one.bottom));
  const [below, above] = [floor - box.bottom - 2 * gap, box.top - ceiling - 2 * gap];
  const isBelow = below >= Math.min(list.offsetHeight, above);
  list.style.maxHeight = `${Math.min(list.offsetHeight, Math.max(isBelow ? below : above, least))}px`;
  list.style.minWidth = `${Math.min(box.width, document.documentElement.clientWidth - 2 * margin)}px`;
  const most = document.documentElement.clientWidth - list.offsetWidth - margin;
  list.style.left = `${Math.max(margin, Math.min(box.left, most)) + scrollX}px`;
  list.style.top = `${(isBelow ? box.bottom + gap : box.top - gap - list.offsetHeight) + scrollY}px`;
}

function choose(one) {
  const { start, end } = piece(field);
  const input = field;
  input.setRangeText(one.dataset.id, start, end, "end");
  close();
  input.focus();
}

function step(by) {
  const all = [...list.children];
  const at = all.findIndex((one) => one.ariaSelected === "true");
  all[at]?.removeAttribute("aria-selected");
  const next = all[(at + by + all.length + (at < 0 && by < 0 ? 1 : 0)) % all.length];
  next.ariaSelected = "true";
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("input, textarea") && kindsOf(event.target)) offer(event.target);
});
document.addEventListener("focusout", (event) => { if (event.target === field) close(); });
document.addEventListener("keydown", (event) => {
  if (!list || event.target !== field) return;
  const chosen = list.querySelector('[aria-selected="true"]');
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && chosen) choose(chosen);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
