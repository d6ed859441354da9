"""What an address or a form asks for, made safe: numbers and a few words."""

from __future__ import annotations

from flask import request

LAST_PAGE = 10_000
MOST_DIGITS = 9  # what every integer column takes


def page_number() -> int:
    """`?page=3`; anything else is the first page."""
    return min(whole_number(request.args.get("page")) or 1, LAST_PAGE)


def whole_number(text: str | None, *, other: int = 0) -> int:
    """A number of at most `MOST_DIGITS` digits that a form brings back; `other` for anything else."""
    typed = (text or "").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS else other


def search_words() -> str:
    """`?q=…`: one line of at most 100 characters that a database takes."""
    return " ".join("".join(letter for letter in request.args.get("q", "") if letter.isprintable()).split())[:100]
