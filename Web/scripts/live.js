// Keeps an open page true: when the plan has a new revision, what changed on the page is fetched and put in place.
// [data-live] elements are replaced one by one, never the one somebody is typing in.
import { page } from "./api.js";

let wanted = 0;
let fetching = null;

/// Brings the page up to a revision; one that is asked for while an earlier one is on its way is fetched after it.
export function refresh(revision = 0) {
  wanted = Math.max(wanted, revision);
  fetching ??= catchUp().finally(() => { fetching = null; });
  return fetching;
}

async function catchUp() {
  let before;
  do {
    before = Number(page().revision);
    await load();
  } while (Number(page().revision) < wanted && Number(page().revision) > before);
}

/// The revision whose text stands before the reader at an element.
export function revisionAt(element) {
  return Number(element.closest("[data-live][data-since]")?.dataset.since ?? page().revision);
}

/// What the server wrote, without what scripts have noted on it.
const written = (element) => element.outerHTML.replace(/ data-(beyond|sides)="[^"]*"/g, "");

async function load() {
  const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = page().revision;
  page().revision = fresh.body.dataset.revision ?? shown;
  for (const element of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(element.id);
    if (!other) {
      if (!element.contains(document.activeElement)) element.remove();
    } else if (element.querySelector(".editing")) {
      // What is not replaced stays what it was at that revision, and so does what is based on it.
      if (page().revision !== shown) element.dataset.since ??= shown;
    } else if (written(element) !== written(other)) {
      const focused = element.contains(document.activeElement) ? document.activeElement : null;
      const selector = focused?.dataset?.edit ? `[data-path="${focused.dataset.path}"][data-edit="${focused.dataset.edit}"]` : null;
      element.replaceWith(other);
      if (selector) other.querySelector(selector)?.focus();
    }
  }
  document.dispatchEvent(new Event("pharos:refreshed"));
  // What is still being computed asks to be fetched again.
  const seconds = Number(answer.headers.get("Refresh"));
  if (seconds > 0) setTimeout(refresh, seconds * 1000);
}

const stream = document.body.dataset.stream;
if (stream) {
  const source = new EventSource(stream);
  source.addEventListener("revision", (event) => {
    const revision = Number(event.data);
    page().latest = revision;
    if (revision !== Number(page().revision)) refresh(revision);
  });
  addEventListener("pagehide", () => source.close());
}
