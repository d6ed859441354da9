"""Issues of news and the words that links carry, as staff keep them."""

from __future__ import annotations

from flask import Flask

from shop.brand import operations as branding
from shop.core import outbox
from shop.core.database import transaction
from tests.admin.desk import Desk, text_of
from tests.support.factories import BRAND
from tests.support.till import Till


def test_an_issue_is_drafted_changed_and_sent_once(app: Flask) -> None:
    with transaction():
        branding.found(BRAND)
    desk = Desk(app)
    refused = desk.press("/admin/news/new", "/admin/news/new", subject="x" * 121, text="Hello.", language="en")
    assert refused.status_code == 422
    assert "120 characters" in text_of(refused)
    desk.press("/admin/news/new", "/admin/news/new", subject="Spring", text="Hello.", language="en")
    desk.press("/admin/news/1", "/admin/news/1", subject="Summer", text="Hello.", language="en")
    assert "Summer" in desk.reads("/admin/news")
    assert "0 readers confirmed" in desk.reads("/admin/news/1")
    assert desk.press("/admin/news/1", "/admin/news/1/send").status_code == 303
    assert outbox.waiting_and_dead() == (1, 0)
    assert "Sent" in desk.reads("/admin/news/1")
    Till().works()


def test_a_source_is_named_counted_and_dropped(app: Flask) -> None:
    desk, here = Desk(app), "/admin/sources"
    assert desk.press(here, here, code="May Flyer", label="Flyers").status_code == 422
    desk.press(here, here, code="may-flyer", label="Flyers")
    assert "may-flyer Flyers 0" in desk.reads(here)
    desk.press(here, f"{here}/may-flyer/drop")
    assert "may-flyer" not in desk.reads(here).replace("?src=may-flyer", "").replace(": may-flyer", "")
