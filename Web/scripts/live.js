// Keeps an open page true: when the plan has a new revision, what changed on the page is fetched and put in place.
// [data-live] elements are replaced one by one, never the one somebody is typing in.
import { page } from "./api.js";

let fetching = null;

export function refresh() {
  fetching ??= load().finally(() => { fetching = null; });
  return fetching;
}

async function load() {
  const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  page().revision = fresh.body.dataset.revision ?? page().revision;
  for (const element of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(element.id);
    if (!other) {
      if (!element.contains(document.activeElement)) element.remove();
    } else if (!element.contains(document.querySelector(".editing")) && element.outerHTML !== other.outerHTML) {
      const focused = element.contains(document.activeElement) ? document.activeElement : null;
      const selector = focused?.dataset?.edit ? `[data-path="${focused.dataset.path}"][data-edit="${focused.dataset.edit}"]` : null;
      element.replaceWith(other);
      if (selector) other.querySelector(selector)?.focus();
    }
  }
  document.dispatchEvent(new Event("pharos:refreshed"));
}

const stream = document.body.dataset.stream;
if (stream) {
  const source = new EventSource(stream);
  source.addEventListener("revision", (event) => {
    const revision = Number(event.data);
    page().latest = revision;
    if (revision !== Number(page().revision)) refresh();
  });
  addEventListener("pagehide", () => source.close());
}
