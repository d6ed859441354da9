/* Statistics, where an operator has any: loaded after a yes, asked about once, and never where the browser asks not to be tracked. */
const layer = document.querySelector("[data-consent]");

if (layer && !navigator.globalPrivacyControl) {
  const answer = document.cookie.match(/(?:^|; )(?:__Host-)?consent=(yes|no)/)?.[1];
  if (!answer) layer.hidden = false;
  if (answer === "yes") {
    const script = document.createElement("script");
    script.src = layer.dataset.consent;
    document.head.append(script);
  }
}
