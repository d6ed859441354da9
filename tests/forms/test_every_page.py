"""No page asks the database more than fifteen questions, and none asks more of them where there is more to show.

In a store where everything happened once, and then where everything happened twice.
"""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from shop.admin.access import LOGGED_VIEWS
from shop.core.config import Settings
from shop.orders.models import Order
from shop.web import kept
from tests.admin.desk import Desk
from tests.support.addresses import addresses, every_one
from tests.support.grown import grow
from tests.support.held_clock import HeldClock
from tests.support.stocked import Stocked
from tests.web.counting import statements

MOST = 15
OF_AN_ORDER = ("/admin/orders/{id}", "/orders/{token}")


@pytest.fixture
def settings(held_clock: HeldClock, settings: Settings) -> Settings:
    """Time stands still, so that what is kept for seconds is kept for each page alike."""
    return settings


class Pages:
    """Pages as an owner opens them."""

    def __init__(self, app: Flask, stocked: Stocked) -> None:
        self.desk = Desk(app)
        self.paths = addresses(app, stocked, self.desk.client)

    def looks_once(self) -> None:
        """What is on every page is read once until somebody changes it; a look that is logged is logged once a day."""
        for path in ("/", "/admin/letters", *(self.paths[name] for name in LOGGED_VIEWS & self.paths.keys())):
            self.desk.get(path)

    def questions(self, path: str) -> list[str]:
        """What one page asks, with nothing kept of the pages before."""
        kept.forget()
        with statements() as sent:
            answer = self.desk.get(path)
            answer.get_data()
            answer.close()
        assert answer.status_code < 400, f"{path}: {answer.status}"
        return sent


def test_no_page_asks_more_than_fifteen_questions(app: Flask) -> None:
    """Each once, and those of an order for every order there is."""
    stocked = Stocked(app)
    stocked.lives()
    pages = Pages(app, stocked)
    pages.looks_once()
    assert _too_many({name: pages.questions(path) for name, path in pages.paths.items()}) == []
    of_orders = [path for pattern in OF_AN_ORDER for path in every_one(Order, pattern)]
    for path in of_orders:
        pages.desk.get(path)
    assert _too_many({path: pages.questions(path) for path in of_orders}) == []


@pytest.mark.soak
@pytest.mark.only_on("sqlite")
def test_no_page_asks_more_questions_when_there_is_twice_as_much_to_show(app: Flask) -> None:
    """The same addresses, once everything happened and once it happened again."""
    stocked = Stocked(app)
    stocked.lives()
    pages = Pages(app, stocked)
    grow(stocked)
    pages.looks_once()
    once = {name: pages.questions(path) for name, path in pages.paths.items()}
    stocked.lives()
    grow(stocked)
    pages.looks_once()
    twice = {name: pages.questions(path) for name, path in pages.paths.items()}
    more = {name: _more(once[name], sent) for name, sent in twice.items() if len(sent) > len(once[name])}
    assert more == {}


def _more(before: list[str], now: list[str]) -> list[str]:
    """What is asked beyond what was asked before."""
    return [" ".join(one.split())[:160] for one in (Counter(now) - Counter(before)).elements()]


def _too_many(asked: dict[str, list[str]]) -> list[str]:
    """Pages above the limit, with what they ask."""
    return [
        f"{name} asks {len(sent)}:\n" + "\n".join(" ".join(one.split())[:160] for one in sent)
        for name, sent in asked.items()
        if len(sent) > MOST
    ]
