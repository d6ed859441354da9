"""Staff write pages and menus: in two languages, with conflicts shown, and readers see it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from shop.core import editions
from shop.core.database import db
from shop.core.errors import Invalid
from shop.frame.own import FOOTER, HEADER
from shop.frame.rules import Announcement, MenuLink, Said
from shop.journeys.keep_frame import keep_announcement, keep_menu
from tests.admin.desk import Desk, text_of, typed_in
from tests.support.audit_log import recent_audit
from tests.support.client import SeparateClient
from tests.support.factories import open_shop
from tests.support.held_clock import HeldClock

ABOUT = {
    "title": "About us",
    "slug": "about",
    "summary": "Who we are.",
    "body": "We *print*.\n\n[[helplines]]",
    "position": 1,
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    open_shop()
    return Desk(app, "content")


def _write(desk: Desk, to: str = "/admin/pages/new", *, seen: int = 0, **other: object) -> int:
    return desk.press(to, to, **{**ABOUT, "seen": seen, **other}).status_code


def test_a_page_is_written_read_and_put_into_spanish(desk: Desk, client: SeparateClient) -> None:
    assert _write(desk) == 303
    page = client.get("/pages/about").text
    assert "We <em>print</em>." in page
    assert 'href="/pages/about"' in client.get("/shop").text
    spanish = client.get("/es/pages/about").text
    assert '<h1 lang="en" dir="ltr">About us</h1>' in spanish
    es = "/admin/pages/1/es"
    assert desk.press(es, es, title="Quiénes somos", body="**Imprimimos**.", seen=0).status_code == 303
    spanish = client.get("/es/pages/about").text
    assert "<h1>Quiénes somos</h1>" in spanish
    assert "<strong>Imprimimos</strong>" in spanish
    assert '<p class="lead" lang="en" dir="ltr">Who we are.</p>' in spanish
    assert "About us" in client.get("/pages/about").text
    assert _write(desk, "/admin/pages/1", seen=1, title="About") == 303
    assert "English changed since" in desk.reads("/admin/pages")
    assert [entry.action for entry in recent_audit(limit=3)] == ["page.kept", "page.worded", "page.made"]


def test_whoever_was_slower_sees_both_texts_and_loses_nothing(desk: Desk) -> None:
    _write(desk)
    assert _write(desk, "/admin/pages/1", seen=1, body="Theirs.") == 303
    late = desk.press("/admin/pages/1", "/admin/pages/1", **{**ABOUT, "seen": 1, "body": "Mine."})
    assert late.status_code == 409
    assert all(words in text_of(late) for words in ("Ada changed this on", "Theirs.", "Mine."))
    assert typed_in(late, "seen") == "2"
    assert _write(desk, "/admin/pages/1", seen=2, body="Mine.") == 303


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"slug": "No Way"}, "small letters"), ({"body": "[[tees x]]"}, "plain page"), ({"title": ""}, "title")],
)
def test_what_is_wrong_is_said_beside_its_field(desk: Desk, wrong: dict[str, str], told: str) -> None:
    answer = desk.press("/admin/pages/new", "/admin/pages/new", **{**ABOUT, **wrong})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "Who we are." in answer.text


def test_looking_keeps_nothing_and_a_page_in_a_menu_stays(desk: Desk, client: SeparateClient) -> None:
    looked = desk.press("/admin/pages/new", "/admin/pages/new", **ABOUT, preview="1")
    assert "We <em>print</em>." in looked.text
    assert client.get("/pages/about").status_code == 404
    _write(desk)
    keep_menu("footer", [MenuLink("/pages/about", Said.of({"en": "About"}))], seen=0, actor="ada")
    kept = desk.press("/admin/pages/1", "/admin/pages/1/remove")
    assert "A menu leads to this page" in desk.reads(kept.location)
    keep_menu("footer", [], seen=1, actor="ada")
    assert desk.press("/admin/pages/1", "/admin/pages/1/remove").location == "/admin/pages"
    assert client.get("/pages/about").status_code == 404


def test_a_menu_is_set_in_order_and_in_both_languages(desk: Desk, client: SeparateClient) -> None:
    links: dict[str, object] = {"url-0": "/giving", "en-0": "Money", "es-0": "Dinero", "place-0": "2"}
    links |= {"url-1": "/shop", "en-1": "Tees", "place-1": "1", "seen": 0}
    assert desk.press("/admin/menus", "/admin/menus/header", **links).status_code == 303
    page = " ".join(client.get("/es/shop").text.split())
    first, second = page.index('aria-current="page" lang="en" dir="ltr">Tees</a>'), page.index(">Dinero</a>")
    assert first < second
    late = desk.press("/admin/menus", "/admin/menus/header", **links)
    assert (late.status_code, "Ada changed this" in late.text) == (409, True)
    wrong = desk.press("/admin/menus", "/admin/menus/footer", **{"url-0": "javascript:x", "en-0": "X", "seen": 0})
    assert (wrong.status_code, 'value="javascript:x"' in wrong.text) == (422, True)


def test_the_stores_own_menus_lead_to_pages_and_are_what_staff_begin_from(desk: Desk, app: Flask) -> None:
    _write(desk)
    addresses = app.url_map.bind("shop.test")
    assert all(addresses.match(url) for _label, url in (*HEADER, *FOOTER))
    page = " ".join(desk.get("/admin/menus").text.split())
    assert all(f'value="{words}"' in page for words in ("/giving", "A dónde va el dinero", "/pages/about", "About us"))


def test_an_announcement_has_its_time(desk: Desk, client: SeparateClient, held_clock: HeldClock) -> None:
    sent = desk.press(
        "/admin/menus",
        "/admin/menus/announcement",
        **{
            "text-en": "Open day",
            "url": "/shop",
            "label-en": "Come",
            "from": "2026-11-20T13:00",
            "until": "",
            "seen": 0,
        },
    )
    assert sent.status_code == 303
    assert "Open day" not in client.get("/shop").text
    held_clock.forward(hours=1)
    assert "Open day" in client.get("/shop").text
    wrong = Announcement(Said.of({"es": "Hola"}))
    with pytest.raises(Invalid):
        keep_announcement(wrong, seen=1, actor="ada")


def test_another_process_sees_a_change_within_seconds(
    desk: Desk, client: SeparateClient, held_clock: HeldClock
) -> None:
    assert ">Tees</a>" not in client.get("/shop").text
    remembered = editions._memories[db.engine]
    keep_menu("header", [MenuLink("/shop", Said.of({"en": "Tees"}))], seen=0, actor="ada")
    editions._memories[db.engine] = remembered  # as in a process that was not told
    assert ">Tees</a>" not in client.get("/shop").text
    held_clock.forward(timedelta(seconds=2))
    assert ">Tees</a>" in client.get("/shop").text
