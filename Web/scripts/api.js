// Talks to the JSON API; a refusal becomes an Error that carries the answer.
export async function send(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify(body),
  });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(json.title ?? answer.statusText), { status: answer.status, answer: json });
  return json;
}

/// What the page says of itself: plan, revision and words.
export function page() {
  return document.body.dataset;
}
