/* After the page is there and quiet: what is kept is one page for the time without a network. */
addEventListener("load", () => {
  const later = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 2_000));
  later(() => navigator.serviceWorker?.register("/offline.js").catch(() => {}));
});
