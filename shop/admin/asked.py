"""What an address asks for beside its path, made safe: a page number and a few words."""

from __future__ import annotations

from flask import request

LAST_PAGE = 10_000


def page_number() -> int:
    """`?page=3`; anything else is the first page."""
    typed = request.args.get("page", "")
    return min(int(typed), LAST_PAGE) if typed.isascii() and typed.isdecimal() and len(typed) < 8 and int(typed) else 1


def search_words() -> str:
    """`?q=…`: one line of at most 100 characters that a database takes."""
    return " ".join("".join(letter for letter in request.args.get("q", "") if letter.isprintable()).split())[:100]
