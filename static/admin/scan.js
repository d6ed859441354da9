/* A scanner types faster than pages load: codes wait in a queue, the field is free at once, and what is shown below it is
   taken from the page that answers. What was refused stays in a list until somebody has seen it: the next good scan comes
   within a tenth of a second. Without this each scan is a page. */
const form = document.querySelector("[data-scan]");
const code = form?.elements.code;
const queue = [];
const WAIT = 3_000;
let sending = false;
let tries = 0;

const send = async () => {
  if (sending || !queue.length) return;
  sending = true;
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(queue[0])) body.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    await take(page, answer);
  } catch {
    await wait("The store does not answer. What you scanned waits here.");
  }
  sending = false;
  send();
};

const wait = (words) => {
  tell(words);
  return new Promise((done) => setTimeout(done, WAIT));
};

const take = async (page, answer) => {
  if (!page.body.dataset.member) {
    const asksToSignIn = new URL(answer.url).pathname.endsWith("/sign-in");
    if (answer.redirected && !asksToSignIn) queue.shift(); // it was taken; only the page after it did not come
    await wait(
      asksToSignIn
        ? "You are signed out. Sign in again in another tab: what you scanned waits here."
        : "The store does not answer. What you scanned waits here.",
    );
    return;
  }
  const told = page.querySelector("[data-scan]");
  if (!told) {
    leave(page, answer.url);
    return;
  }
  for (const mine of form.querySelectorAll("input[type=hidden]")) {
    mine.value = told.elements[mine.name]?.value ?? mine.value;
  }
  tries += 1;
  if (answer.status === 400 && tries < 2) return; // the page was open for too long; its token is fresh now
  tries = 0;
  tell("");
  const { code: scanned } = queue.shift();
  const counted = page.querySelector("[data-counted]");
  if (counted) renew(document.adoptNode(counted));
  if (!answer.ok) refuse(scanned, page.querySelector(".field__error, .notice")?.textContent);
};

/* What is shown is new; corrections that somebody is typing into it stay. */
const renew = (counted) => {
  const shown = document.querySelector("[data-counted]");
  const typing = [...shown.querySelectorAll("input:not([type=hidden])")].filter((one) => one.value !== one.defaultValue);
  shown.replaceWith(counted);
  for (const one of typing) {
    const field = counted.querySelector(`[name^="${one.name.slice(0, one.name.lastIndexOf(":") + 1)}"]`);
    if (field) field.value = one.value;
  }
};

/* The page that answers is another one: the parcel is full, or something stands in the way of packing it. The code after
   it goes along, even when the answer comes in the middle of it. */
const leave = (page, url) => {
  queue.shift();
  const [next] = [...queue.splice(0), { code: code.value }];
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  document.title = page.title;
  if (url !== location.href) history.pushState(null, "", url);
  const field = document.querySelector("main #code");
  if (field) field.value = next.code;
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
};

const tell = (words) => {
  let said = form.querySelector("[data-told]");
  if (!said && words) {
    said = document.createElement("p");
    said.className = "field__error scan__told";
    said.dataset.told = "";
    said.setAttribute("role", "alert");
    form.append(said);
  }
  if (!words) said?.remove();
  else if (said.textContent !== words) said.textContent = words;
};

const refuse = (scanned, words) => {
  let list = form.querySelector("[data-refused]");
  if (!list) {
    list = document.createElement("div");
    list.className = "notice notice--danger scan__told";
    list.dataset.refused = "";
    list.setAttribute("role", "alert");
    const seen = document.createElement("button");
    seen.type = "button";
    seen.className = "button button--quiet button--small";
    seen.textContent = "Seen";
    seen.addEventListener("click", () => {
      list.remove();
      code.focus();
    });
    list.append(seen);
    form.append(list);
  }
  const line = document.createElement("p");
  const why = (words ?? "It was not counted.").replace(/\s+/g, " ").replace("Error:", "").trim();
  line.textContent = why.includes(scanned) ? why : `${scanned}: ${why}`;
  list.prepend(line);
};

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!code.value.trim()) return;
  const { units } = form.elements;
  queue.push({ code: code.value, ...(units && { units: units.value }) });
  code.value = "";
  if (units) units.value = 1;
  code.focus();
  send();
});
addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});
