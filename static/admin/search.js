/* Ctrl K opens the search as a dialog over any page; without this the link in the head leads to its page. */
const dialog = document.querySelector("[data-search]");
const input = dialog?.querySelector("input");
const found = dialog?.querySelector("[data-results]");
let asked = 0;

const look = async () => {
  const mine = ++asked;
  const words = input.value.trim();
  if (!words) return found.replaceChildren();
  const address = new URL(dialog.querySelector("form").action);
  address.searchParams.set("q", words);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (mine !== asked || !answer.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return found.replaceChildren(...(page.querySelector("[data-found]")?.children ?? []));
};

if (dialog) {
  let waiting;
  // Chromium empties a search field at Escape, and would close only at the second.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      input.select();
    }
  });
}
