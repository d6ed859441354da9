"""A language made of English: from right to left, a third longer, in brackets. What stands outside was not said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from html.parser import HTMLParser

from shop.core import languages
from shop.core.languages import Language

PSEUDO = Language("xb", "he_IL", "⟦Pseudo⟧", "rtl")
KEPT = re.compile(r"(%\(\w+\)s|<[^>]*>)")  # values and markup
SAID = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z]{3,}")
READ_OUT = ("aria-label", "alt", "title", "placeholder", "label")
SILENT = ("script", "style", "svg", "noscript")
ACCENTS = str.maketrans("aeiouAEIOUnsc", "åéîøüÅÉÎØÜñšç")


class Pseudo(NullTranslations):
    """Says every message it is asked for."""

    def gettext(self, message: str) -> str:
        parts = KEPT.split(message)
        said = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in parts)
        longer = " ~~~~" * (len(message) // 15)
        return f"⟦{said}{longer}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def pseudo_known() -> Iterator[None]:
    """The store speaks it, under /xb."""
    languages.KNOWN[PSEUDO.code], languages.CATALOGUES[PSEUDO.code] = PSEUDO, Pseudo()
    try:
        yield
    finally:
        del languages.KNOWN[PSEUDO.code], languages.CATALOGUES[PSEUDO.code]


def unsaid(html: str, content: str) -> list[str]:
    """Words on a page that went through no catalogue, those left out that staff wrote (`content`)."""
    reader = _Reader()
    reader.feed(html)
    known = content.casefold()
    texts = "\n".join(reader.texts).replace("’", "'")
    return sorted({piece for piece in _pieces(texts) if piece.casefold() not in known})


def _pieces(text: str) -> Iterable[str]:
    while SAID.search(text):
        text = SAID.sub("\n", text)
    found = (piece.strip(" .,:;·×+()–-0123456789") for piece in re.split(r"[\n⟦⟧]|[.,:·(] ", text))
    return (piece for piece in found if WORD.search(piece) and "://" not in piece)


class _Reader(HTMLParser):
    """Texts that are read or read out, without what is marked as another language's."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.append(tag)
        elif tag in SILENT or ("lang" in given and tag != "html"):
            self._skipped.append(tag)
        else:
            self.texts += [re.sub(r"\s+", " ", given[name] or "") for name in READ_OUT if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.texts.append(re.sub(r"\s+", " ", data))
