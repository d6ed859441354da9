"""Answers and things at hand that several pages share."""

from __future__ import annotations

from flask import Response, current_app, make_response, redirect

from shop.journeys.services import Services


def private(body: str | bytes, status: int = 200) -> Response:
    """An answer for whoever holds a link that nobody can guess, kept by nobody."""
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the key to the page
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def see_other(url: str) -> Response:
    """Lead on after a press; nobody keeps where it led."""
    answer = make_response(redirect(url, 303))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def services() -> Services:
    """The world outside: payments and the post."""
    found: Services = current_app.extensions["services"]
    return found
