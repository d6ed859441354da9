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
  offerWord();
}

function sayGone(label, gone) {
  label.querySelector(".visually-hidden")?.remove();
  if (!gone) return;
  const word = document.createElement("span");
  word.className = "visually-hidden";
  word.textContent = label.parentElement.dataset.soldOut;
  label.append(" ", word);
}

/* While a size that is gone is chosen, the button asks for word of it instead; which size, the links learn as well. */
const button = form?.querySelector(".buy__add");
const usual = button?.textContent;
let ask = null;

function offerWord() {
  if (!button) return; // all is gone, and the form itself asks for word
  const size = sizes().find((one) => one.checked && one.parentElement.classList.contains("choice--sold-out"));
  ask = size ? form.querySelector(`[data-shown-for="${CSS.escape(chosenColour().value)}"] [data-restock]`) : null;
  if (ask) ask.search = new URLSearchParams([["colour", chosenColour().value], ["size", size.value]]);
  button.textContent = ask ? ask.textContent : usual;
}

form?.addEventListener("submit", (event) => {
  if (!ask) return;
  event.preventDefault();
  location.assign(ask.href);
});

form?.addEventListener("change", (event) => {
  if (event.target.name === "size") offerWord();
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
