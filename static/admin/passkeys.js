/* Passkeys: asks the browser for one, puts its answer into the form, and sends it as any form is sent. */
const known = globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;
const asks = {
  create: (told) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(told) }),
  get: (told) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(told) }),
};

const answer = async (form) => {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const options = await fetch(form.dataset.options, { method: "POST", body });
  if (!options.ok) throw new Error(options.statusText);
  return asks[form.dataset.passkey](await options.json());
};

for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  const button = form.querySelector("button");
  const said = form.querySelector("[data-passkey-said]");
  button.hidden = false;
  said.textContent = "";
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    button.disabled = true;
    said.textContent = "Follow what your browser asks.";
    try {
      form.elements.credential.value = JSON.stringify((await answer(form)).toJSON());
      form.submit();
    } catch {
      said.textContent = "The browser gave no passkey. Nothing was changed; you can try again.";
      button.disabled = false;
    }
  });
}
