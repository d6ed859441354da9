"""What search engines read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from itertools import islice

from msgspec import Struct

MOST_ADDRESSES = 50_000  # in one sitemap: https://www.sitemaps.org/protocol.html
PRIVATE = ("/admin/", "/cart/", "/checkout", "/orders/")


class Item(Struct, frozen=True):
    """A piece of news in a feed; `summary` is plain text."""

    title: str
    url: str
    summary: str
    published_at: datetime


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


def rss(title: str, page_url: str, own_url: str, items: Iterable[Item]) -> str:
    """RSS 2.0 (https://www.rssboard.org/rss-specification), with the feed's own address."""
    told = "".join(
        f'<item><title>{escape(one.title)}</title><link>{escape(one.url)}</link><guid isPermaLink="true">'
        f"{escape(one.url)}</guid><description>{escape(one.summary)}</description>"
        f"<pubDate>{format_datetime(one.published_at.astimezone(UTC), usegmt=True)}</pubDate></item>\n"
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
        f"<title>{escape(title)}</title>\n<link>{escape(page_url)}</link>\n<description>{escape(title)}</description>\n"
        f'<atom:link href="{escape(own_url)}" rel="self" type="application/rss+xml"/>\n{told}</channel>\n</rss>\n'
    )


def llms(name: str, introduction: str, sections: Mapping[str, Iterable[tuple[str, str, str]]]) -> str:
    """Markdown: the name, what it is, and links by section (name, address, what is there)."""
    lines = [f"# {name}", "", f"> {introduction}"]
    for heading, links in sections.items():
        lines += ["", f"## {heading}", "", *(f"- [{label}]({url}): {about}" for label, url, about in links)]
    return "\n".join(lines) + "\n"
