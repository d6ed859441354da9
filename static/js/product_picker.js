/* A colour changes pictures, availability and the address at once; the server does the same from ?colour=. */
const product = document.querySelector("[data-product]");
const form = product?.querySelector("[data-buy]");

const sizes = () => [...form.querySelectorAll("input[name=size]")];
const chosenColour = () => form.querySelector("input[name=colour]:checked");

function showColour() {
  const colour = chosenColour();
  if (!colour) return;
  for (const part of product.querySelectorAll("[data-shown-for]")) part.hidden = part.dataset.shownFor !== colour.value;
  for (const size of sizes()) {
    const gone = size.dataset.soldOutIn.split(" ").includes(colour.value);
    size.parentElement.classList.toggle("choice--sold-out", gone);
    sayGone(size.parentElement, gone);
  }
  refuseSoldOut();
}

function sayGone(label, gone) {
  label.querySelector(".visually-hidden")?.remove();
  if (!gone) return;
  const word = document.createElement("span");
  word.className = "visually-hidden";
  word.textContent = label.parentElement.dataset.soldOut;
  label.append(" ", word);
}

/* The browser's own message says why the button does nothing, in the words that already stand on the page. */
function refuseSoldOut() {
  if (form.method === "get") return; // all is gone, and the form asks for word
  for (const size of sizes()) {
    const gone = size.checked && size.parentElement.classList.contains("choice--sold-out");
    const words = form.querySelector(`p[data-shown-for="${CSS.escape(chosenColour()?.value ?? "")}"]`);
    size.setCustomValidity(gone && words ? words.textContent.replace(/\s+/g, " ").trim() : "");
    if (gone) askFor(size.value);
  }
}

/* Whoever chose a size that is gone finds it chosen on the page that promises to tell. */
function askFor(size) {
  for (const link of form.querySelectorAll("[data-restock]")) {
    const to = new URL(link.href);
    to.searchParams.set("size", size);
    link.href = to;
  }
}

form?.addEventListener("change", (event) => {
  if (event.target.name === "size") refuseSoldOut();
  if (event.target.name !== "colour") return;
  showColour();
  history.replaceState(history.state, "", event.target.dataset.url);
});
if (form) {
  showColour();
  addEventListener("pageshow", showColour);
}

/* A link into a folded part opens it. */
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("details")) target.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();
