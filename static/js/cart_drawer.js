/* The cart beside the page. Every form in it is one of the cart page's own; without this script they lead there. */
const drawer = document.querySelector("[data-drawer]");
const inDrawer = { "X-Cart-Drawer": "1" };

async function post(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: inDrawer });
  const html = answer.ok ? await answer.text() : "";
  return html.includes("data-drawer-sheet") ? html : null;
}

/* The count in the header and the words for screen readers follow what the drawer shows. */
function show(html) {
  const again = drawer.open;
  const stood = again && document.activeElement?.id;
  drawer.innerHTML = html;
  const sheet = drawer.firstElementChild;
  const count = document.querySelector(".cart-link__count");
  if (count) count.textContent = sheet.dataset.units === "0" ? "" : sheet.dataset.units;
  drawer.setAttribute("aria-labelledby", "drawer-title");
  if (!again) drawer.showModal();
  const back = again && ((stood && document.getElementById(stood)) || sheet.querySelector("[data-drawer-title]"));
  if (back) back.focus();
  const said = sheet.querySelector("[role=status]");
  setTimeout(() => { said.textContent = sheet.dataset.said; }, 60);
}

async function send(form, button) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const html = await post(form).catch(() => null);
  form.ariaBusy = null;
  if (html) return show(html);
  form.submit();
}

addEventListener("submit", (event) => {
  if (!drawer?.showModal || event.defaultPrevented || event.target.method !== "post") return;
  if (!event.target.matches("[data-buy]") && !drawer.contains(event.target)) return;
  event.preventDefault();
  send(event.target);
});

drawer?.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (form?.reportValidity()) form.requestSubmit();
});

drawer?.addEventListener("click", (event) => {
  if (event.target === drawer || event.target.closest("[data-drawer-close]")) drawer.close();
});
