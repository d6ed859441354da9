"""Answers for whoever holds a link that nobody can guess."""

from __future__ import annotations

from flask import Response, make_response


def private(body: str | bytes, status: int = 200) -> Response:
    """An answer for whoever holds the link, kept by nobody."""
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the key to the page
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
