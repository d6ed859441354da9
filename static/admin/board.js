/* Keys for the board of orders. Not while somebody types, and not when switched off (WCAG 2.1.4). A key acts on the row
   that shows the focus; without one the first press only goes to the first row. */
const list = document.querySelector("[data-keys]");
const rows = list ? [...list.querySelectorAll("[data-row]")] : [];
const KEPT = "board-row";
let at = -1;

const go = (to) => {
  if (rows.length === 0) return;
  at = Math.max(0, Math.min(to, rows.length - 1));
  rows[at].querySelector("[data-open]").focus();
};

const act = (selector, done) => {
  if (at < 0) go(0);
  else if (rows[at].querySelector(selector)) done(rows[at].querySelector(selector));
};

const press = (selector) =>
  act(selector, (button) => {
    sessionStorage.setItem(KEPT, JSON.stringify({ list: list.dataset.keys, at }));
    button.click();
  });

/* How many are chosen stands in the bar that leads on. */
const said = document.querySelector(".board-bar [data-said]");
const tell = () => {
  const chosen = document.querySelectorAll(".pick-row input:checked").length;
  if (said) said.textContent = chosen ? `${chosen} chosen.` : "";
};
if (said) {
  tell();
  addEventListener("change", tell);
  addEventListener("pageshow", tell);
}

/* Of lists beside each other on a phone, the one that is shown is in sight. */
for (const one of document.querySelectorAll(".strip [aria-current]")) {
  const strip = one.closest("ul");
  strip.scrollLeft = one.offsetLeft - strip.offsetLeft - (strip.clientWidth - one.offsetWidth) / 2;
}

const help = () => {
  const fold = document.querySelector(".keys")?.closest("details");
  if (!fold) return;
  fold.open = !fold.open;
  fold.querySelector("summary").focus();
};

const deeds = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  x: () =>
    act("input[type=checkbox]", (box) => {
      box.click();
      go(at);
    }),
  p: () => press("[data-pack]"),
  f: () => press("[data-send]"),
  "?": help,
};

if (list) {
  list.addEventListener("focusin", (event) => {
    at = rows.indexOf(event.target.closest("[data-row]"));
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  });
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (kept?.list === list.dataset.keys) go(kept.at);
}
