// [data-timer] is a form that records a stretch of work; here it runs against the clock, in this browser, across reloads and pages.
// What runs is kept as { from, until, fields, api, page, rest }: a stretch of work has fields, a break has none.
import { send } from "./api.js";
import { refresh } from "./live.js";

const place = "pharos-timer";
const form = document.querySelector("[data-timer]");
const title = document.title;
let badge = null;

function running() {
  try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
}

function keep(timer) {
  if (timer) localStorage.setItem(place, JSON.stringify(timer));
  else localStorage.removeItem(place);
}

const two = (number) => String(number).padStart(2, "0");
const clock = (milliseconds) => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
};

function start() {
  if (!form.reportValidity()) return;
  const { base, minutes, rest, ...fields } = Object.fromEntries(new FormData(form));
  const from = Date.now();
  const begun = new Date(from);
  fields.time = `${two(begun.getHours())}:${two(begun.getMinutes())}`;
  keep({ from, until: from + minutes * 60_000, fields, rest: rest * 60_000, api: form.dataset.timer, page: form.dataset.page });
  show();
}

/// Ends the stretch and records its whole minutes; one page does it, whichever is first.
async function record(asked) {
  let isTooShort = false;
  await navigator.locks.request(place, async () => {
    const timer = running();
    if (!timer || (!asked && Date.now() < timer.until)) return;
    if (!timer.fields) return keep(null);
    const minutes = Math.round((Math.min(Date.now(), timer.until) - timer.from) / 60_000);
    keep(asked ? null : { from: timer.until, until: timer.until + timer.rest, page: timer.page });
    isTooShort = minutes < 1;
    if (isTooShort) return;
    const fields = { ...timer.fields, minutes };
    if (form) fields.distraction = form.elements.distraction.value;
    for (const name of Object.keys(fields)) if (fields[name] === "") delete fields[name];
    try {
      const plan = await fetch(timer.api.replace(/\/[a-z]+$/, "")).then((answer) => answer.json());
      const done = await send("POST", timer.api, { base: plan.revision, fields });
      if (form) {
        form.elements.distraction.value = "";
        if (document.querySelector("#table, #cards")) await refresh(done.revision);
        else location.reload();
      }
    } catch (error) {
      // Nothing is lost: it is tried again in a while, here or where a page is next opened.
      keep({ ...timer, again: Date.now() + 30_000 });
      throw error;
    }
  });
  show();
  if (!isTooShort || !form) return;
  const output = form.querySelector("output");
  [output.hidden, output.value] = [false, form.dataset.wordShort];
}

function show() {
  const timer = running();
  const left = timer ? clock(timer.until - Date.now()) : null;
  if (form) {
    const output = form.querySelector("output");
    output.hidden = !timer;
    output.value = timer ? `${timer.fields ? form.dataset.wordWork : form.dataset.wordRest} ${left}` : "";
    form.querySelector("[data-timer-start]").hidden = Boolean(timer?.fields);
    form.querySelector("[data-timer-stop]").hidden = !timer?.fields;
    form.querySelector("[data-timer-drop]").hidden = !timer;
    form.querySelector("[data-timer-plain]").hidden = true;
  } else if (timer) {
    badge ??= document.querySelector(".settings")?.insertAdjacentElement("afterbegin", document.createElement("a"));
    badge.href = timer.page;
    badge.className = "ticking";
    badge.textContent = left;
  }
  if (!timer) badge?.remove();
  document.title = timer ? `${left} ${title}` : title;
  if (timer && Date.now() >= Math.max(timer.until, timer.again ?? 0)) record(false).catch(() => {});
}

if (form) {
  const fields = running()?.fields;
  if (fields) for (const [name, value] of Object.entries(fields)) if (form.elements[name]) form.elements[name].value = value;
  form.querySelector("[data-timer-start]").addEventListener("click", start);
  form.querySelector("[data-timer-stop]").addEventListener("click", () => record(true).catch((error) => alert(error.answer?.title ?? error.message)));
  form.querySelector("[data-timer-drop]").addEventListener("click", () => { keep(null); show(); });
}
addEventListener("storage", (event) => { if (event.key === place) show(); });
if (form || running()) show();
setInterval(() => { if (form || badge || running()) show(); }, 1000);
