// Says what was just saved and what it brought about. [data-undo] is the form that takes it back, [data-dismiss] puts it away.
import { send, page } from "./api.js";
import { refresh } from "./live.js";

const place = document.getElementById("notice");
// How long it stays where nobody touches it, in milliseconds.
const stay = 12_000;
let leaving = 0;

function show(...content) {
  place.replaceChildren(...content);
  clearTimeout(leaving);
  leaving = setTimeout(leave, stay);
}

function leave() {
  if (place.matches(":hover, :focus-within")) leaving = setTimeout(leave, stay);
  else place.replaceChildren();
}

/// Tells what was saved and what followed from it.
export async function announce({ revision }) {
  const { plan } = page();
  if (!plan) return;
  const answer = await fetch(`/plans/${plan}/history/${revision}/notice`).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  show(...fresh.body.children);
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-dismiss]")) place.replaceChildren();
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.("[data-undo]");
  // Of another plan than the one shown, the form itself leads there.
  if (!form || !form.getAttribute("action").startsWith(`/plans/${page().plan}/`)) return;
  event.preventDefault();
  try {
    const done = await send("POST", "/api/v1" + form.getAttribute("action"), { base: Number(page().revision) });
    await refresh(done.revision);
    await announce(done);
  } catch (error) {
    const message = document.createElement("p");
    message.className = "refused";
    message.textContent = error.answer?.problems?.[0]?.message ?? error.message;
    show(message);
  }
});

// What the page came with is told once, not again when it is loaded anew.
if (place.firstElementChild) {
  const address = new URL(location.href);
  address.searchParams.delete("saved");
  history.replaceState(history.state, "", address);
  show(...place.children);
}
place.classList.add("floating");
