/* Keeps one page for the time without a network, and the files it is made of. Pages of the store are never kept. */
const KEPT = {{ name | tojson }};
const PAGES = {{ pages | tojson }};
const FILES = {{ files | tojson }};

const offlinePage = (path) => {
  const prefix = Object.keys(PAGES).find((one) => one && (path === one || path.startsWith(`${one}/`)));
  return caches.match(PAGES[prefix ?? ""]);
};

self.addEventListener("install", (event) => {
  const all = [...Object.values(PAGES), ...FILES];
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(all)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || path.startsWith("/admin")) return;
  if (request.mode === "navigate") {
    const answer = async () => (await event.preloadResponse) ?? fetch(request);
    event.respondWith(answer().catch(() => offlinePage(path)));
  } else if (FILES.includes(path)) {
    event.respondWith(caches.match(path).then((found) => found ?? fetch(request)));
  }
});
