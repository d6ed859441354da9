"""Numbers of visits: counted in memory, written down now and then, lost rather than waited for."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.core import clock
from shop.core.config import Settings
from shop.core.database import transaction
from shop.visits.operations import add
from shop.visits.queries import counted
from shop.web import visits
from shop.web.visits import Counting
from tests.admin.desk import Desk
from tests.admin.sales import Counter
from tests.support.client import SeparateClient
from tests.visits.test_rules import FIREFOX

OUTSIDE = {"User-Agent": FIREFOX, "Sec-Fetch-Site": "none"}
INSIDE = {"User-Agent": FIREFOX, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, count_visits=True)


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path)


def _counting(app: Flask) -> Counting:
    found: Counting = app.extensions["visits"]
    return found


def _today(app: Flask) -> dict[str, int]:
    _counting(app).write_down()
    today = clock.now().date()
    return {step: number for (_, step), number in counted(today, today).items()}


def test_a_way_from_a_visit_to_the_checkout(app: Flask, counter: Counter, client: SeparateClient) -> None:
    tee = counter.tees[0]
    _counting(app).write_down()
    client.get("/", headers=OUTSIDE)
    client.get("/shop", headers=INSIDE)
    client.get(f"/shop/{tee.slug}", headers=INSIDE)
    chosen = {"product": tee.slug, "colour": tee.colour_slug, "size": tee.size}
    client.post("/cart/lines", data=chosen, headers=INSIDE)
    client.post("/cart/lines", data=chosen | {"size": "none"}, headers=INSIDE)
    client.get("/checkout", headers=INSIDE)
    assert _today(app) == {"visit": 1, "product": 1, "cart": 1, "checkout": 1}


def test_robots_people_who_mind_and_the_staff_are_left_out(
    app: Flask, counter: Counter, client: SeparateClient
) -> None:
    for headers in (
        {"User-Agent": "curl/8.5.0"},
        OUTSIDE | {"DNT": "1"},
        OUTSIDE | {"Sec-GPC": "1"},
        OUTSIDE | {"Sec-Purpose": "prefetch"},
    ):
        client.get("/", headers=headers)
    client.get("/no-such-page", headers=OUTSIDE)
    client.get("/robots.txt", headers=OUTSIDE)
    client.head("/", headers=OUTSIDE)
    client.get("/admin/sign-in", headers=OUTSIDE)
    assert _today(app) == {}


def test_nothing_is_set_and_a_page_that_the_browser_still_had_counts(
    app: Flask, counter: Counter, client: SeparateClient
) -> None:
    first = client.get("/", headers=OUTSIDE)
    assert "Set-Cookie" not in first.headers
    again = client.get("/", headers=OUTSIDE | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert _today(app) == {"visit": 2}


def test_a_page_writes_only_after_half_a_minute_and_then_after_its_answer(
    app: Flask, counter: Counter, client: SeparateClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.now().date()
    client.get("/", headers=OUTSIDE)
    assert counted(today, today) == {}
    monkeypatch.setattr(_counting(app), "_due", 0.0)
    client.get("/", headers=OUTSIDE, buffered=True)
    assert counted(today, today) == {(today, "visit"): 2}


def test_what_cannot_be_written_is_lost_and_the_page_is_there(
    app: Flask, counter: Counter, client: SeparateClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_counts: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(visits, "add", fail)
    monkeypatch.setattr(_counting(app), "_due", 0.0)
    assert client.get("/", headers=OUTSIDE, buffered=True).status_code == 200
    monkeypatch.undo()
    assert _today(app) == {}


def test_processes_add_to_each_others_numbers(app: Flask) -> None:
    today = clock.now().date()
    for number in (3, 4):
        with transaction():
            add({(today, "visit"): number, (today, "product"): 1})
    assert counted(today, today) == {(today, "visit"): 7, (today, "product"): 2}


def test_the_first_page_and_the_report_tell_them(app: Flask, counter: Counter) -> None:
    today = clock.now().date()
    with transaction():
        add({(today, "visit"): 200, (today, "product"): 80, (today, "cart"): 20, (today, "checkout"): 10})
    counter.takes_money_for(counter.sells(counter.tees[0]))
    desk = Desk(app)
    assert "From visit to order" in desk.reads("/admin/")
    assert f"{today} 200 80 20 10 1" in desk.reads("/admin/reports?by=visits&days=7")
    file = desk.get("/admin/reports.csv?by=visits&days=7").text
    assert f"{today},200,80,20,10,1" in file
