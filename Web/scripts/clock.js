// [datetime] of a <time> is an instant: it is shown in the reader's own time.
function local(time) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const two = (number) => String(number).padStart(2, "0");
  time.textContent = `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
  time.title = at.toLocaleString(document.documentElement.lang);
}

export function localise() { document.querySelectorAll("time[datetime]").forEach(local); }

localise();
document.addEventListener("pharos:refreshed", localise);
