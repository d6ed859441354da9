/* GOV.UK's exit-this-page: Shift three times within five seconds each, a white cover at once, this page left out of the history. */
const exit = document.querySelector("[data-exit]");

if (exit) {
  const lamps = exit.querySelector(".exit__presses");
  const said = exit.querySelector("[data-exit-said]");
  const address = exit.dataset.exit;
  const ours = exit.querySelector("[data-exit-link]").href;
  let presses = 0;
  let lapse;

  const show = () => {
    lamps.toggleAttribute("hidden", presses === 0);
    [...lamps.querySelectorAll("circle")].forEach((lamp, index) => lamp.classList.toggle("is-pressed", index < presses));
  };

  const forget = () => {
    presses = 0;
    show();
    said.textContent = exit.dataset.lapsed;
  };

  const leave = () => {
    said.textContent = exit.dataset.leaving;
    const cover = document.createElement("div");
    cover.className = "exit-cover";
    document.body.append(cover);
    document.title = "\u200b";
    navigator.sendBeacon(ours); // takes our cookies back; nothing waits for it
    const silent = document.createElement("meta");
    silent.name = "referrer";
    silent.content = "no-referrer";
    document.head.append(silent); // the next page is not told where its reader comes from
    location.replace(address);
  };

  for (const link of document.querySelectorAll("[data-exit-link]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }

  let alone = false;
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
  });

  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    clearTimeout(lapse);
    presses += 1;
    show();
    if (presses === 3) return leave();
    said.textContent = presses === 1 ? exit.dataset.pressedOnce : exit.dataset.pressedTwice;
    lapse = setTimeout(forget, 5000);
  });

  addEventListener("pageshow", () => {
    document.querySelector(".exit-cover")?.remove();
    presses = 0;
    show();
  });
}
