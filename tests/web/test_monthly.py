"""A monthly gift at the door: chosen on the form, kept on its own page, found again by mail."""

from __future__ import annotations

import re

from flask import Flask

from shop.core.database import end_read
from shop.monthly.queries import board
from tests.admin.desk import Desk
from tests.support.shopper import Page, Shopper
from tests.support.till import Till
from tests.support.trap import shown


def gives(shopper: Shopper, **form: str) -> Page:
    key = shopper.looks_at("/donate?often=monthly").page.value_of("key")
    shopper.page = shopper.browser.post("/donate", {"key": key, "often": "monthly"} | shown() | form)
    return shopper.page


def begins(shopper: Shopper, till: Till) -> str:
    """From the form to the gift's own page; its address."""
    page = gives(shopper, gift="2500").location.rpartition("/")[2]
    till.processor.begins(page)
    back = shopper.browser.get(f"/monthly/return?session={page}")
    till.works()
    return back.location


def test_from_the_form_to_the_gift_s_own_page(shopper: Shopper, till: Till) -> None:
    own = shopper.looks_at(begins(shopper, till)).page
    assert own.status == 200
    assert "$25.00 each month" in own.text
    assert "The card is asked next on" in own.text
    assert own.headers["cache-control"] == "no-store"
    assert "noindex" in own.headers["x-robots-tag"]
    month = re.findall(r'href="(/orders/(?!find)[^"]+)"', own.text)[0]
    assert "What you gave" in shopper.looks_at(month).page.text
    assert till.processor.pages == {}


def test_what_was_chosen_is_kept_on_the_way_back(shopper: Shopper, till: Till) -> None:
    gives(shopper, own_amount="7", cover="1")
    (asked,) = till.processor.monthly_requests.values()
    back = shopper.looks_at(asked.cancel_url.removeprefix("http://shop.test")).page
    checked = [one for one in re.findall(r"<input[^>]*>", back.text) if re.search(r"\bchecked\b", one)]
    assert sorted(re.findall(r'name="([^"]*)"', "".join(checked))) == ["cover", "gift", "often"]
    assert 'value="7.00"' in back.text


def test_it_is_changed_and_stopped_on_its_page(shopper: Shopper, till: Till) -> None:
    own = begins(shopper, till)
    wrong = shopper.browser.post(f"{own}/amount", {"own_amount": "2"})
    assert wrong.status == 422
    assert 'id="own_amount-error"' in wrong.text
    assert 'value="2"' in wrong.text
    assert shopper.browser.post(f"{own}/amount", {"own_amount": "30"}).status == 303
    assert "$30.00 each month" in shopper.looks_at(own).page.text
    assert shopper.browser.post(f"{own}/card", {}).location.startswith("https://portal.test/")
    till.processor.fails("end_subscription", "before")
    assert shopper.browser.post(f"{own}/stop", {}).status == 503
    stopped = shopper.browser.post(f"{own}/stop", {})
    shopper.browser.post(f"{own}/stop", {})
    page = shopper.looks_at(stopped.location).page
    assert "Your monthly gift has ended" in page.text
    assert "Stop my monthly gift" not in page.text


def test_the_answer_is_the_same_for_a_miss(shopper: Shopper, till: Till) -> None:
    begins(shopper, till)
    hit = shopper.browser.post("/monthly", {"email": "robin@example.org"})
    miss = shopper.browser.post("/monthly", {"email": "nobody@example.org"})
    assert hit.text.replace("robin", "nobody") == miss.text
    till.works()
    assert [str(letter["To"]) for letter in till.post.letters] == ["robin@example.org"] * 2
    assert "/monthly/" in till.post.letters[1].as_string()
    assert shopper.browser.post("/monthly", {"email": "x"}).status == 422


def test_nobody_finds_what_is_not_there(shopper: Shopper) -> None:
    assert shopper.browser.get("/monthly/none").status == 404
    assert shopper.browser.get("/monthly/return?session=cs_none").status == 404
    assert shopper.browser.post("/monthly/none/stop", {}).status == 404


def test_staff_see_who_keeps_giving_and_stop_it_when_asked(app: Flask, shopper: Shopper, till: Till) -> None:
    begins(shopper, till)
    desk = Desk(app)
    assert "1 running gift, $25.00 a month" in desk.reads("/admin/monthly")
    (facts,) = board()
    end_read()
    assert desk.press("/admin/monthly", f"/admin/monthly/{facts.id}/stop").status_code == 303
    assert "0 running gifts" in desk.reads("/admin/monthly")
    assert "Asked" in desk.reads("/admin/monthly")
