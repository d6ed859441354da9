/* Suggestions while typing: a combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without it the
   form is sent as it stands. */
for (const form of document.querySelectorAll("[data-suggest]")) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let chosen = -1;
  let asked;
  let timer;
  Object.assign(list, { id: `${input.id}-list`, className: "suggestions", role: "listbox", hidden: true });
  list.setAttribute("aria-label", form.dataset.label);
  Object.assign(told, { className: "visually-hidden", role: "status" });
  input.after(list, told);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id }))
    input.setAttribute(name, value);

  const options = () => [...list.children];
  const open = (yes) => {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(-1);
  };
  const choose = (at) => {
    chosen = at;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[at].id);
    options()[at]?.scrollIntoView({ block: "nearest" });
  };
  const show = (found) => {
    list.replaceChildren(
      ...found.map((one, place) => {
        const option = document.createElement("li");
        const label = document.createElement("span");
        const note = document.createElement("small");
        Object.assign(option, { id: `${list.id}-${place}`, role: "option" });
        option.dataset.url = one.url;
        label.textContent = one.label;
        note.textContent = one.note;
        option.append(label, " ", note);
        return option;
      }),
    );
    told.textContent = found.length ? form.dataset.many.replace("0", found.length) : "";
    open(found.length > 0);
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return show([]);
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {} // asked again meanwhile, or no network: the form still works
  };
  const steps = { ArrowDown: 1, ArrowUp: -1 };

  open(false);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key in steps && count) {
      event.preventDefault();
      const from = chosen < 0 && event.key === "ArrowUp" ? 0 : chosen;
      if (list.hidden) open(true);
      choose((from + steps[event.key] + count) % count);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", () => open(false));
}
