/* A link's source (`?src=may-flyer`, the same for everybody who follows it) goes along to the tee; nothing is stored. */
const source = new URLSearchParams(location.search).get("src");

if (source && /^[a-z0-9-]{1,40}$/.test(source)) {
  for (const link of document.querySelectorAll('main a[href^="/"]')) {
    const address = new URL(link.href);
    address.searchParams.set("src", source);
    link.href = address.href;
  }
}
