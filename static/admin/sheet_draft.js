/* Keeps what is typed into the stock sheet, in this browser, until it is saved: over an ended sign-in, a crash, a closed
   tab. A cell is known by its variant and what is counted, not by the number it had. Goes as other drafts do (drafts.js). */
const sheet = document.querySelector("[data-sheet]");
const KEY = `draft:${document.body.dataset.member}:stock-sheet`;
const AGAIN = "sheet-restore";
const known = (cell) => cell.name.split(":").slice(1, 3).join(":");
const was = (cell) => cell.name.split(":")[3];
const cells = () => [...sheet.querySelectorAll("tr[data-part] input")];
const typed = () => cells().filter((cell) => cell.value.trim() !== was(cell));
let sent = false;
let mine = false; // whether what is kept was typed on this page
let timer;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
};

const keep = () => {
  clearTimeout(timer);
  const values = typed().map((cell) => [known(cell), was(cell), cell.value]);
  if (!values.length) {
    if (mine) localStorage.removeItem(KEY);
    return;
  }
  mine = true;
  const reason = sheet.elements.reason?.value ?? "";
  localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), values, reason, where: location.search, sent }));
};

/* Into the cells that are there; how many of them others changed meanwhile. False where some are of a closed product. */
const restore = (draft) => {
  const there = new Map(cells().map((cell) => [known(cell), cell]));
  if (draft.values.some(([name]) => !there.has(name))) return false;
  for (const [name, , value] of draft.values) {
    there.get(name).value = value;
    there.get(name).dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (sheet.elements.reason && !sheet.elements.reason.value) sheet.elements.reason.value = draft.reason;
  const moved = draft.values.filter(([name, seen]) => was(there.get(name)) !== seen).length;
  const said = sheet.querySelector("[data-said]");
  if (moved && said) said.textContent += ` ${moved} of them changed since you typed: look at them.`;
  there.get(draft.values[0][0]).focus();
  return true;
};

const button = (label, kind, press) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${kind} button--small`;
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
};

const offer = (draft) => {
  const note = document.createElement("div");
  note.className = "notice notice--warning draft-note";
  note.setAttribute("role", "status");
  const said = document.createElement("p");
  const when = new Date(draft.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const number = draft.values.length;
  said.textContent = `You typed ${number} ${number === 1 ? "number" : "numbers"} here on ${when} that ${number === 1 ? "was" : "were"} not saved.`;
  const presses = document.createElement("p");
  presses.className = "cluster";
  presses.append(
    button("Restore what you typed", "", () => {
      if (restore(draft)) {
        note.remove();
        return;
      }
      sessionStorage.setItem(AGAIN, "yes");
      location.assign(`${new URL(sheet.action).pathname.replace(/\/cells$/, "")}${draft.where}`);
    }),
    button("Throw it away", "button--quiet", () => {
      localStorage.removeItem(KEY);
      note.remove();
    }),
  );
  note.append(said, presses);
  sheet.before(note);
};

sheet?.addEventListener("input", () => {
  sent = false;
  clearTimeout(timer);
  timer = setTimeout(keep, 600);
});
sheet?.addEventListener("submit", () => {
  sent = true;
  keep();
});
addEventListener("pagehide", keep);

const draft = sheet && document.querySelector(".notice--success") === null ? read() : null;
const again = sessionStorage.getItem(AGAIN);
sessionStorage.removeItem(AGAIN);
if (sheet && document.querySelector(".notice--success") && read()?.sent) localStorage.removeItem(KEY);
if (draft?.values?.length && !sheet.hasAttribute("data-unsaved") && !(again && restore(draft))) offer(draft);
