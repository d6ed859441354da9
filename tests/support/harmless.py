"""Reads a whole page as a browser would, and says what in it could run or break out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NEVER = {"applet", "base", "embed", "frame", "frameset", "iframe", "object", "style"}
ADDRESSES = {"action", "data", "formaction", "href", "poster", "src", "xlink:href"}
SAFE = {"http:", "https:", "mailto:", "tel:"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SKIPPED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")  # by browsers, before they look for a scheme


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes what is not its own")

    def _look_at(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in NEVER or (tag == "script" and not _ours(attrs)) or "http-equiv" in attrs:
            self.wrong.append(f"<{tag} {attrs}>")
        for name, value in attrs.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.wrong.append(f"{tag} {name}={value}")
            scheme = _SCHEME.match(_SKIPPED.sub("", value or "")) if name in ADDRESSES else None
            if scheme is not None and scheme[0].lower() not in SAFE:
                self.wrong.append(f"{tag} {name}={value}")


def _ours(attrs: dict[str, str | None]) -> bool:
    """A script of a file of ours, or data that no browser runs."""
    return attrs.get("type") == "application/ld+json" or (attrs.get("src") or "").startswith("/static/")


def harm_in(page: str) -> list[str]:
    """Handlers, scripts, addresses that run, frames, styles, and tags that do not close what they opened."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader.wrong + [f"<{tag}> is left open" for tag in reader.open]
