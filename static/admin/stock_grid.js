/* The stock sheet as a sheet: arrows, Enter, Escape, a chosen block, copy, paste, fill down; products open and a number
   explains itself in place. Without this the same links lead to pages and the same form is sent. */
const form = document.querySelector("[data-sheet]");
const said = form.querySelector("[data-said]");
const CELL = "tr[data-part] input";

let anchor = null; // where a chosen block begins
let editing = false; // the caret moves inside of the cell, as after F2
let before = ""; // what stood in the cell when it was entered
let leaving = false;

const cells = () => [...form.querySelectorAll(CELL)];

/* A cell's name tells whose number it is, which, and what it was: cell:<variant>:<part>:<number>. */
const part = (cell) => cell.name.split(":")[2];
const was = (cell) => cell.name.split(":")[3];
const column = (cell) => cell.closest("td").cellIndex - cell.closest("tr").querySelectorAll("th").length;

/* The lines of the sheet over all open products: arrays of cells, left to right. `part` narrows them to one count. */
const lines = (only) =>
  [...form.querySelectorAll(only ? `tr[data-part="${only}"]` : "tr[data-part]")]
    .map((row) => [...row.querySelectorAll("input")])
    .filter((line) => line.length);

const place = (all, cell) => {
  const line = all.findIndex((one) => one.includes(cell));
  return { line, column: column(cell) };
};
const at = (all, line, wanted) => all[line]?.find((cell) => column(cell) === wanted);

const mark = (cell) => cell.toggleAttribute("data-changed", cell.value.trim() !== was(cell));
const changed = () => form.querySelectorAll("[data-changed]").length;
const tell = () => {
  const number = changed();
  if (said) said.textContent = number ? `${number} ${number === 1 ? "number" : "numbers"} typed, not saved yet.` : "";
};

/* What was done to cells, to be taken back step by step: each step is [cell, what stood there] of all it changed. */
const steps = [];
let current = null;

const put = (cell, value) => {
  if (value !== cell.value) current?.push([cell, cell.value]);
  cell.value = value;
  mark(cell);
};

const asOne = (deed) => {
  current = [];
  deed();
  if (current.length) steps.push(current);
  current = null;
  tell();
  form.dispatchEvent(new Event("input", { bubbles: true })); // whoever keeps drafts hears of it
};

/* Typed keys are one step a cell, noted when it is left; the cell that is being typed into comes first. */
const note = (cell) => {
  if (cell.isConnected && cell.value !== before) steps.push([[cell, before]]);
  before = cell.value;
};

const takeBack = (cell) => {
  note(cell);
  const last = steps.pop();
  if (!last) return;
  for (const [one, value] of last) {
    one.value = value;
    mark(one);
  }
  before = cell.value;
  last[0][0].focus();
  before = last[0][0].value;
  last[0][0].select();
  tell();
};

const choose = (from, to) => {
  for (const cell of form.querySelectorAll("[data-chosen]")) cell.removeAttribute("data-chosen");
  if (!from || from === to) return;
  for (const cell of block(from, to).flat()) cell?.setAttribute("data-chosen", "");
};

/* Rows of cells between two corners, of one count; a place without a cell is left out of its row. */
const block = (from, to) => {
  const all = lines(part(from) === part(to) ? part(from) : undefined);
  const [a, b] = [place(all, from), place(all, to)];
  const columns = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
  return all
    .slice(Math.min(a.line, b.line), Math.max(a.line, b.line) + 1)
    .map((line) => line.filter((cell) => column(cell) >= columns[0] && column(cell) <= columns[1]));
};

const step = (cell, down, right, only) => {
  const all = lines(only);
  const { line, column: wanted } = place(all, cell);
  if (right) return all[line][all[line].indexOf(cell) + right];
  for (let next = line + down; all[next]; next += down) {
    const found = at(all, next, wanted);
    if (found) return found;
  }
  return undefined;
};

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const go = (cell, extend) => {
  if (!cell) return;
  const start = extend ? anchor : cell;
  cell.focus();
  anchor = start;
  choose(anchor, cell);
};

const fill = (cell) => {
  note(cell);
  asOne(() => fillDown(cell));
  before = cell.value;
};

const fillDown = (cell) => {
  const rows = anchor && anchor !== cell ? block(anchor, cell) : [];
  if (rows.length > 1) {
    for (const row of rows.slice(1)) row.forEach((one) => put(one, at(rows, 0, column(one))?.value ?? one.value));
  } else {
    const above = step(cell, -1, 0, part(cell));
    if (above) put(cell, above.value);
  }
};

form.addEventListener("focusin", (event) => {
  if (!event.target.matches(CELL)) return;
  anchor = event.target;
  editing = false;
  before = event.target.value;
  choose(null);
  event.target.select();
});

form.addEventListener("focusout", (event) => {
  if (event.target.matches(CELL)) note(event.target);
});

form.addEventListener("input", (event) => {
  if (!event.target.matches(CELL)) return;
  editing = true;
  mark(event.target);
  tell();
});

form.addEventListener("keydown", (event) => {
  const cell = event.target;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    const why = form.elements.reason;
    if (why && !why.value.trim() && cell !== why) why.focus();
    else form.requestSubmit();
    return;
  }
  if (!cell.matches(CELL) || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
    event.preventDefault();
    fill(cell);
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
    event.preventDefault();
    takeBack(cell);
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const [down, right] = ARROWS[event.key] ?? [0, 0];
  if (event.key === "Enter") {
    event.preventDefault();
    go(step(cell, event.shiftKey ? -1 : 1, 0, part(cell)));
  } else if (event.key === "Escape") {
    event.preventDefault();
    put(cell, cell.value === before ? was(cell) : before);
    editing = false;
    cell.select();
    tell();
  } else if (event.key === "F2") {
    event.preventDefault();
    editing = true;
    cell.setSelectionRange(cell.value.length, cell.value.length);
  } else if (down || (right && !editing)) {
    event.preventDefault();
    go(step(cell, down, right, event.shiftKey ? part(cell) : undefined), event.shiftKey);
  }
});

form.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!event.target.matches(CELL) || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  note(event.target);
  const all = lines(part(event.target));
  const from = place(all, event.target);
  let lost = 0;
  asOne(() =>
    text.split("\n").forEach((row, down) =>
      row.split("\t").forEach((quoted, right) => {
        const value = quoted.trim().replace(/^"(.*)"$/, "$1");
        const cell = at(all, from.line + down, from.column + right);
        if (cell && value) put(cell, value.slice(0, 9));
        else if (!cell) lost += 1;
      }),
    ),
  );
  before = event.target.value;
  if (lost && said) said.textContent += ` ${lost} of what you pasted lay outside of the sheet.`;
});

form.addEventListener("copy", (event) => {
  if (!event.target.matches(CELL) || !form.querySelector("[data-chosen]")) return;
  event.preventDefault();
  const rows = block(anchor, event.target).map((row) => row.map((cell) => cell.value).join("\t"));
  event.clipboardData.setData("text/plain", rows.join("\n"));
});

/* What the store says of an address, as a page to take parts from. */
const page = async (address) => {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
};

const openProduct = async (link) => {
  const section = link.closest("section");
  const asked = new URL(link.href);
  if (link.getAttribute("aria-expanded") === "true") {
    if (section.querySelector("[data-changed]")) return;
    section.querySelector(".table-scroll").remove();
    link.setAttribute("aria-expanded", "false");
  } else {
    const found = (await page(asked))?.getElementById(section.id)?.querySelector(".table-scroll");
    if (!found) {
      location.assign(asked);
      return;
    }
    section.append(document.adoptNode(found));
    link.setAttribute("aria-expanded", "true");
    section.querySelector(CELL)?.focus();
  }
  keepOpen();
};

/* The address, the form and every link name the products that are open now. */
const keepOpen = () => {
  const open = [...form.querySelectorAll('[data-open][aria-expanded="true"]')].map((link) => link.dataset.open);
  const renamed = (address, ids) => {
    const url = new URL(address, location.href);
    url.searchParams.delete("open");
    for (const id of ids) url.searchParams.append("open", id);
    return url.href;
  };
  form.action = renamed(form.action, open);
  history.replaceState(history.state, "", renamed(location.href, open));
  for (const link of form.querySelectorAll("[data-open]")) {
    const { open: id } = link.dataset;
    link.href = renamed(link.href, open.includes(id) ? open.filter((one) => one !== id) : [...open, id]);
  }
};

const explain = async (link) => {
  const row = link.closest("tr");
  const shown = row.nextElementSibling?.matches(".cells__history") ? row.nextElementSibling : null;
  const same = shown?.dataset.of === link.href;
  if (shown) hide(shown);
  if (same) return;
  const found = (await page(link.href))?.querySelector("[data-history]");
  if (!found) {
    location.assign(link.href);
    return;
  }
  for (const one of found.querySelectorAll("[id]")) one.removeAttribute("id");
  const line = document.createElement("tr");
  line.className = "cells__history";
  line.dataset.of = link.href;
  const cell = line.insertCell();
  cell.colSpan = row.closest("table").tHead.rows[0].cells.length - 1;
  cell.append(document.adoptNode(found));
  row.closest("tbody").querySelector('[scope="rowgroup"]').rowSpan += 1;
  row.after(line);
  cell.tabIndex = -1;
  cell.focus();
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide(line);
    link.focus();
  });
};

const hide = (line) => {
  line.closest("tbody").querySelector('[scope="rowgroup"]').rowSpan -= 1;
  line.remove();
};

form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open], [data-why]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.matches("[data-open]")) openProduct(link);
  else explain(link);
});

form.addEventListener("submit", () => {
  leaving = true;
});
addEventListener("pageshow", () => {
  leaving = false;
});
addEventListener("beforeunload", (event) => {
  if (!leaving && changed()) event.preventDefault();
});

cells()
  .filter((cell) => cell.value !== was(cell))
  .forEach(mark);
if (form.hasAttribute("data-unsaved")) {
  (form.querySelector('[aria-invalid="true"]') ?? form.querySelector("[data-changed]"))?.focus();
}
