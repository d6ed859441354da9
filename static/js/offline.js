/* From the second page of a visit on, once it is there and quiet: what is kept is one page for the time without a
   network, and what a home screen needs to know. Whoever reads a single page loads nothing for either. */
if (document.referrer.startsWith(`${location.origin}/`)) {
  addEventListener("load", () => {
    const later = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 2_000));
    later(() => {
      navigator.serviceWorker?.register("/offline.js").catch(() => {});
      document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "/site.webmanifest" }));
    });
  });
}
