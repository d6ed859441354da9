/* From the second page of a visit on, once it is there and quiet: what is kept is one page for the time without a
   network. Whoever reads a single page loads nothing for it. */
if (document.referrer.startsWith(`${location.origin}/`)) {
  addEventListener("load", () => {
    const later = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 2_000));
    later(() => navigator.serviceWorker?.register("/offline.js").catch(() => {}));
  });
}
