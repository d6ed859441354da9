/* The story editor's help: saves quietly, shows the preview, inserts blocks, listens for keys. Without it, buttons do the same. */
const form = document.querySelector("[data-editor]");
const text = form.elements.body;
const version = form.elements.version;
const said = form.querySelector("[data-said]");
const paper = document.querySelector("[data-preview-paper]");
const none = document.querySelector("[data-preview-none]");
const QUIET = 900; // milliseconds without a key before a save

let wait;
let saving = false;
let again = false;
let stopped = false;

const show = async (address) => {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = page.querySelector("main");
  if (!article) return;
  article.inert = true;
  for (const one of article.querySelectorAll("[id]")) one.removeAttribute("id");
  const at = paper.scrollTop;
  paper.replaceChildren(...article.childNodes);
  for (const one of paper.children) one.inert = true;
  paper.hidden = false;
  none.hidden = true;
  paper.scrollTop = at;
};

const save = async () => {
  if (stopped) return;
  if (saving) {
    again = true;
    return;
  }
  saving = true;
  said.textContent = "Saving …";
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
    const told = await answer.json();
    if (answer.ok) {
      version.value = told.version;
      form.querySelector("[data-checker]").innerHTML = told.checks;
      said.textContent = "Saved as a draft.";
      await show(told.preview);
    } else {
      said.textContent = told.problem || "Not saved yet.";
      stopped = answer.status === 409;
    }
  } catch {
    said.textContent = "Not saved: the store does not answer. Your text is still here.";
  }
  saving = false;
  if (again) {
    again = false;
    save();
  }
};

const soon = () => {
  clearTimeout(wait);
  wait = setTimeout(save, QUIET);
};

form.addEventListener("input", (event) => {
  if (!event.target.closest("[data-insert]")) soon();
});
form.addEventListener("submit", () => {
  clearTimeout(wait);
  stopped = true;
});
addEventListener("pageshow", () => {
  stopped = false;
});
addEventListener("beforeunload", (event) => {
  if (wait && !stopped && said.textContent.startsWith("Not saved")) event.preventDefault();
});

/* Typing through the browser's own command keeps its undo. */
const type = (words) => {
  text.focus();
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  soon();
};

const wrap = (before, after, stand) => {
  const chosen = text.value.slice(text.selectionStart, text.selectionEnd) || stand;
  const start = text.selectionStart + before.length;
  type(before + chosen + after);
  text.setSelectionRange(start, start + chosen.length);
};

const insert = document.querySelector("[data-insert]");
const what = insert.querySelector("select");
insert.hidden = false;
const put = () => {
  const { value, selectionEnd } = text;
  const rest = value.slice(selectionEnd);
  text.setSelectionRange(selectionEnd, selectionEnd);
  const before = value.slice(0, selectionEnd);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  type(lead + what.value + (rest.startsWith("\n") ? "" : "\n\n"));
};
insert.querySelector("button").addEventListener("click", put);
what.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  put();
});

/* Keys of our own, all with Ctrl, Command or Alt; they can be switched off on this device. */
const KEYS = "story-editor-keys";
const switched = document.querySelector("[data-keys-switch]");
const box = switched.querySelector("input");
switched.hidden = false;
box.checked = localStorage.getItem(KEYS) !== "off";
box.addEventListener("change", () => localStorage.setItem(KEYS, box.checked ? "on" : "off"));

const inText = {
  b: () => wrap("**", "**", "strong"),
  e: () => wrap("*", "*", "stressed"),
  k: () => wrap("[", "](https://)", "words that say where it leads"),
};
addEventListener("keydown", (event) => {
  if (!box.checked || event.shiftKey) return;
  const key = event.key.toLowerCase();
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  const deed =
    control && key === "s" ? () => form.requestSubmit(form.querySelector("[type=submit]"))
    : control && key === "i" ? () => what.focus()
    : control && document.activeElement === text ? inText[key]
    : event.altKey && key === "p" && !paper.hidden ? () => paper.focus()
    : null;
  if (!deed) return;
  event.preventDefault();
  deed();
});

const first = document.querySelector("[data-preview]");
if (first) show(first.dataset.preview);
document.querySelector("[data-focus]")?.focus();
