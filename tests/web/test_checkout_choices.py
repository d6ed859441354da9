"""Where it goes, how, and what is wished for: shown, kept across pages, and found again."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shop.core.database import transaction
from shop.delivery.operations import add_rate as add_way
from shop.delivery.queries import zones
from shop.delivery.rules import Rate as Way
from shop.tax.operations import add_rate, set_policy
from shop.tax.rules import Policy, Rate
from tests.support.factories import Shelf, usd
from tests.support.shopper import Shopper
from tests.support.till import Till

PRESENT = {"present": "y", "recipient": "Ida", "message": "For you", "discreet": "y"}


def _sends(shopper: Shopper, path: str, **fields: str) -> Shopper:
    version = shopper.looks_at("/checkout").page.value_of("cart_version")
    shopper.page = shopper.browser.post(path, {"country": "US", "cart_version": version} | fields)
    return shopper


def _ticked(shopper: Shopper, name: str) -> bool:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', shopper.page.text)
    return found is not None and "checked" in found[0]


def test_nothing_is_ticked_for_anybody(shopper: Shopper) -> None:
    shopper.puts("tee").looks_at("/checkout")
    assert [_ticked(shopper, name) for name in ("news", "present", "discreet")] == [False, False, False]


def test_what_was_written_is_there_after_coming_back_without_paying(shopper: Shopper) -> None:
    _sends(shopper.puts("tee").gives(500), "/checkout", note="Ring twice", **PRESENT)
    assert shopper.at_payment
    text = shopper.looks_at("/checkout").page.text
    assert "Ring twice</textarea>" in text
    assert "For you</textarea>" in text
    assert 'value="Ida"' in text
    assert (_ticked(shopper, "present"), _ticked(shopper, "discreet"), _ticked(shopper, "news")) == (True, True, False)
    assert "$5.00" in text


def test_it_is_on_the_order_s_page_and_gone_from_the_next_checkout(shopper: Shopper, till: Till) -> None:
    session_id = _sends(shopper.puts("tee"), "/checkout", **PRESENT).session_id
    till.processor.pays(session_id)
    text = shopper.looks_at(shopper.comes_back(session_id).page.location).page.text
    assert "On the slip: “For you”" in text
    shopper.puts("tee").looks_at("/checkout")
    assert not _ticked(shopper, "present")


def test_another_place_shows_its_sums_and_keeps_what_was_written(shopper: Shopper) -> None:
    page = _sends(shopper.puts("tee"), "/checkout/place", country="DE", note="Ring twice").page
    assert (page.status, page.location) == (303, "/checkout")
    text = shopper.looks_at("/checkout").page.text
    assert "$40.00" in text
    assert "Ring twice</textarea>" in text


def test_a_way_is_chosen_and_paid_for(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    with transaction():
        add_way(zones()[0].id, Way(0, "Tracked", usd(800), None, "2 days"))
        add_way(zones()[0].id, Way(0, "Pick-up", usd(0), None, "", pickup=True, place="12 Street"))
    _sends(shopper.puts("tee"), "/checkout/place", country="US")
    text = shopper.looks_at("/checkout").page.text
    assert "Tracked, $8.00" in text
    pickup = re.findall(r'name="way"\s+value="(\d+)"', text)[1]
    session_id = _sends(shopper, "/checkout", way=pickup).session_id
    assert till.processor.pages[session_id].total == usd(2500)


def test_a_region_is_asked_for_beside_its_field(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    with transaction():
        add_rate(Rate(0, "US", "CA", "California", "Sales tax", 1_000, False, "the tax office", date(2026, 11, 1)))
    page = _sends(shopper.puts("tee"), "/checkout").page
    assert page.status == 422
    assert re.search(r'id="region-error">.*?Choose the state or region', page.text, re.DOTALL)
    session_id = _sends(shopper, "/checkout", region="CA").session_id
    assert till.processor.pages[session_id].total == usd(2500 + 500 + 250)


def test_tax_that_comes_later_is_said_in_words(shopper: Shopper, shelf: Shelf) -> None:
    with transaction():
        set_policy(Policy("stripe"))
    assert "Tax is added on the next page" in shopper.puts("tee").looks_at("/checkout").page.text


@pytest.mark.parametrize(
    "fields", [{"way": "x"}, {"way": "9" * 9}, {"postcode": "x" * 40}, {"message": "x" * 301, "present": "y"}]
)
def test_hostile_choices_are_told_or_ignored(shopper: Shopper, fields: dict[str, str]) -> None:
    assert _sends(shopper.puts("tee"), "/checkout", **fields).page.status in (303, 422)


@pytest.mark.parametrize("cookie", ["x", "e30.x", "A" * 4_000])
def test_a_tampered_cookie_of_wishes_is_none(shopper: Shopper, cookie: str) -> None:
    shopper.puts("tee").browser.client.set_cookie("wishes", cookie, domain="shop.test")  # type: ignore[attr-defined]  # Flask's
    assert shopper.looks_at("/checkout").page.status == 200


def test_two_windows_of_one_cart_do_not_lose_each_other_s_tees(shopper: Shopper) -> None:
    """Both send the cookie that the browser has now, not the one that their page was drawn with."""
    old_page = shopper.puts("tee").looks_at("/cart").page
    shopper.puts("tee", size="L")
    assert old_page.status == 200
    shopper.puts("tee", size="S")
    text = shopper.looks_at("/cart").page.text
    assert all(f"Ink, {size}" in text for size in ("M", "L", "S"))
