/* Keeps what is typed into long forms of staff, in this browser, until it is saved: over an ended sign-in, a crash, a
   closed tab. Nothing is sent. It goes when it was saved, at sign-out, and after a week. */

const PREFIX = "draft:";
const KEPT = 7 * 24 * 60 * 60 * 1000;
const QUIET = 600;
const member = document.body.dataset.member;

function drafts() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function fields(form) {
  return [...form.elements].filter(
    (one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type),
  );
}

function valuesOf(form) {
  return fields(form).map((one) => [
    one.name,
    one.type === "checkbox" || one.type === "radio" ? `${one.value}:${one.checked}` : one.value,
  ]);
}

function put(form, values) {
  const waiting = new Map();
  for (const [name, value] of values) waiting.set(name, [...(waiting.get(name) || []), value]);
  for (const one of fields(form)) {
    const value = waiting.get(one.name)?.shift();
    if (value === undefined) continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = value === `${one.value}:true`;
    else one.value = value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function button(label, kind, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${kind} button--small`;
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

function offer(form, key, draft) {
  const note = document.createElement("div");
  note.className = "notice notice--warning draft-note";
  note.setAttribute("role", "status");
  const said = document.createElement("p");
  const when = new Date(draft.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  said.textContent = `You typed something here on ${when} that was not saved.`;
  const presses = document.createElement("p");
  presses.className = "cluster";
  presses.append(
    button("Restore what you typed", "", () => {
      put(form, draft.values);
      note.remove();
      fields(form)[0]?.focus();
    }),
    button("Throw it away", "button--quiet", () => {
      localStorage.removeItem(key);
      note.remove();
      fields(form)[0]?.focus();
    }),
  );
  note.append(said, presses);
  form.prepend(note);
}

function watch(form, at) {
  const key = `${PREFIX}${member}:${location.pathname}:${at}`;
  const shown = valuesOf(form);
  const draft = read(key);
  const refused = form.querySelector("[aria-invalid='true']") !== null;
  if (draft && same(draft.values, shown)) {
    if (!refused) localStorage.removeItem(key);
  } else if (draft) offer(form, key, draft);
  let timer;
  let sent = false;
  const keep = () => {
    clearTimeout(timer);
    const values = valuesOf(form);
    if (same(values, shown) && !refused) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), values, sent }));
  };
  form.addEventListener("input", () => {
    sent = false;
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET);
  });
  addEventListener("pagehide", () => {
    if (!same(valuesOf(form), shown)) keep();
  });
  form.addEventListener("submit", () => {
    sent = true;
    keep();
  });
}

function tidy() {
  const saved = document.querySelector(".notice--success") !== null;
  for (const key of drafts()) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > KEPT || (saved && draft.sent)) localStorage.removeItem(key);
  }
}

if (member) {
  tidy();
  [...document.querySelectorAll("form[data-draft]")].forEach(watch);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    for (const key of drafts()) localStorage.removeItem(key);
  });
}
