/* A scanner types faster than pages load: codes wait in a queue, the field is free at once, and the list below is taken
   from the page that answers. Without this each scan is a page. */
const form = document.querySelector("[data-scan]");
const code = form?.elements.code;
const queue = [];
let sending = false;

const send = async () => {
  if (sending || !queue.length) return;
  sending = true;
  const { body } = queue[0];
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    queue.shift();
    show(page, answer.ok);
  } catch {
    tell("The store does not answer. What you scanned waits here.");
    await new Promise((done) => setTimeout(done, 2_000));
  }
  sending = false;
  send();
};

const show = (page, good) => {
  const counted = page.querySelector("[data-counted]");
  if (counted) document.querySelector("[data-counted]").replaceWith(document.adoptNode(counted));
  if (!good) tell(page.querySelector(".field__error, .notice")?.textContent.replace(/\s+/g, " ").trim() ?? "It was not counted.");
  else form.querySelector("[data-told]")?.remove();
};

const tell = (words) => {
  let said = form.querySelector("[data-told]");
  if (!said) {
    said = document.createElement("p");
    said.className = "field__error";
    said.dataset.told = "";
    said.setAttribute("role", "alert");
    form.append(said);
  }
  said.textContent = words;
};

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!code.value.trim()) return;
  queue.push({ body: new URLSearchParams(new FormData(form)) });
  code.value = "";
  form.elements.units.value = 1;
  code.focus();
  send();
});
addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});
