// Talks to the JSON API; a refusal becomes an Error that carries the answer, a server that is out of reach one with isOffline.
// What is short enough is delivered even if the page is left meanwhile: browsers carry at most 64 KiB so.
const carried = 60_000;

export async function send(method, path, body) {
  const text = JSON.stringify(body);
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: text,
    keepalive: text !== undefined && new Blob([text]).size < carried,
  }).catch(() => { throw Object.assign(new Error(page().wordOffline), { isOffline: true }); });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(json.title ?? answer.statusText), { status: answer.status, answer: json });
  return json;
}

/// What the page says of itself: plan, revision and words.
export function page() {
  return document.body.dataset;
}
