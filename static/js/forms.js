/* Small courtesies; every form works without them. */

/* A changed quantity is sent as soon as it is settled. */
for (const form of document.querySelectorAll("[data-autosend]")) {
  form.addEventListener("change", () => form.reportValidity() && form.requestSubmit(form.querySelector("[type=submit]")));
}

/* Typing an amount of one's own chooses "own amount"; choosing it moves to the field. */
for (const form of document.querySelectorAll("[data-gift]")) {
  const own = form.querySelector("input[value=own]");
  const amount = form.querySelector("[name=own_amount]");
  amount?.addEventListener("input", () => {
    if (own && amount.value) own.checked = true;
  });
  form.addEventListener("change", (event) => {
    if (event.target === own && !amount.value) amount.focus();
  });
}

/* The country decides the delivery: show the sum for it. */
for (const country of document.querySelectorAll("[data-country]")) {
  country.addEventListener("change", () => {
    const note = country.form.elements.note.value;
    if (!country.value || note) return;
    const address = new URL(location.href);
    address.searchParams.set("country", country.value);
    address.hash = country.id; // where somebody with a keyboard was
    location.replace(address);
  });
}

/* One press is enough; the server would refuse the second anyway. */
for (const form of document.querySelectorAll("[data-once]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => {
    sent = false;
  });
}

document.querySelector("[data-error-summary]")?.focus();
