"""The plain pages. The bodies are Markdown files under `text/pages/`."""

from datetime import date

from shop.demo.content.shapes import Page
from shop.demo.content.texts import read_text

_UPDATED = date(2026, 11, 22)


def _page(slug: str, title: str, summary: str) -> Page:
    return Page(
        slug=slug,
        title=title,
        summary=summary,
        body=read_text(folder="pages", slug=slug),
        updated_on=_UPDATED,
    )


PAGES = (
    _page("about", "About this store", "Who stands behind the store, and what in it is a demonstration."),
    _page("delivery-and-returns", "Delivery and returns", "Where we send, what it costs, and how to send things back."),
    _page("privacy-and-cookies", "Privacy and cookies", "What we keep, why, and for how long."),
    _page("accessibility", "Accessibility", "What we aim for, how we check, and how to tell us what gets in your way."),
    _page("help", "Help", "Finding your order, choosing a size, changing your mind."),
)
