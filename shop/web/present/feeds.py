"""What search engines read."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice

MOST_ADDRESSES = 50_000  # in one sitemap: https://www.sitemaps.org/protocol.html
PRIVATE = ("/admin/", "/cart", "/checkout", "/orders/")


def robots(sitemap_url: str) -> str:
    """Everything public may be read; what belongs to one visitor may not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), "", f"Sitemap: {sitemap_url}"]
    return "\n".join(lines) + "\n"


def sitemap(urls: Iterable[str]) -> str:
    """The addresses as XML, no more than a sitemap may hold."""
    rows = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in islice(urls, MOST_ADDRESSES))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
