"""The cart: what goes in, what is refused and how it is said, what a cookie may and may not do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from msgspec.structs import replace
from sqlalchemy import update

from shop.cart.rules import MOST_OF_ONE
from shop.catalogue.models import Variant
from shop.core.config import Settings
from shop.core.database import transaction
from shop.journeys.keep_stock import count_stock
from shop.web import basket
from tests.support.client import SeparateClient, visitor_of
from tests.support.factories import Shelf
from tests.support.factories import Shopper as Rival
from tests.support.shopper import FlaskBrowser, Page, Shopper
from tests.support.till import Till

SECRET = "a secret that is only for tests, and long enough"


def _sums(page: Page) -> dict[str, str]:
    """What the page adds up: label to amount, such as {"Total": "$30.00"}."""
    rows = re.findall(r"<dt>\s*(.*?)\s*(?:<small>.*?</small>\s*)?</dt>\s*<dd>(.*?)</dd>", page.text, re.DOTALL)
    return {label.strip(): amount for label, amount in rows}


def _checked(page: Page, name: str) -> list[str]:
    inputs = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page.text)
    return [re.findall(r'value="([^"]*)"', one)[0] for one in inputs if re.search(r"\bchecked\b", one)]


def _quantities(page: Page) -> list[str]:
    return re.findall(r'id="quantity-\d+"[^>]*?value="(\d+)"', page.text, re.DOTALL)


def _set_price(shelf: Shelf, sku: str, minor: int) -> None:
    with transaction() as current:
        current.execute(update(Variant).where(Variant.id == shelf.variants[sku]).values(price_minor=minor))


def _leave(shelf: Shelf, sku: str, units: int, *, seen: int = 10) -> None:
    count_stock(variant_id=shelf.variants[sku], counted=units, seen=seen, reason="test", actor="robin")


def test_an_empty_cart_says_so_and_leads_to_the_shelf(shopper: Shopper) -> None:
    page = shopper.looks_at("/cart").page
    assert page.status == 200
    assert "Nothing in it yet" in page.text
    assert "product-card" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_tee_put_in_stands_in_the_cart_with_its_sums(shopper: Shopper) -> None:
    shopper.puts("tee", quantity=2)
    assert (shopper.page.status, shopper.page.location) == (303, "/cart")
    page = shopper.looks_at("/cart").page
    assert _quantities(page) == ["2"]
    assert _sums(page) == {"Tees": "$50.00", "Delivery": "$5.00", "Total": "$55.00"}


def test_the_same_tee_again_adds_to_its_line(shopper: Shopper) -> None:
    assert _quantities(shopper.puts("tee").puts("tee", quantity=3).looks_at("/cart").page) == ["4"]


@pytest.mark.parametrize(
    ("choice", "field", "words"),
    [
        ({"size": "XXL"}, "size", "does not come in that size and colour"),
        ({"size": ""}, "size", "Choose a size."),
        ({"colour": "mauve"}, "size", "does not come in that size and colour"),
        ({"colour": ""}, "colour", "Choose a colour."),
        ({"quantity": 0}, "quantity", "Choose from 1 to 20."),
        ({"quantity": -1}, "quantity", "Choose from 1 to 20."),
        ({"quantity": 21}, "quantity", "Choose from 1 to 20."),
        ({"quantity": "many"}, "quantity", "Choose from 1 to 20."),
        ({"quantity": 11}, "quantity", "Only 10 left of Ink in M."),
    ],
)
def test_a_wrong_choice_is_told_beside_its_field(
    shopper: Shopper, choice: dict[str, str], field: str, words: str
) -> None:
    page = shopper.puts("tee", **{"colour": "ink", "size": "M", "quantity": 1} | choice).page  # type: ignore[arg-type]  # words instead of numbers are the point
    beside = re.search(rf'<p class="field__error" id="{field}-error">(.*?)</p>', page.text, re.DOTALL)
    assert page.status == 422
    assert beside is not None
    assert words in beside[1]
    assert f'href="#{field}"' in page.text
    assert "Nothing in it yet" in shopper.looks_at("/cart").page.text


def test_a_wrong_choice_keeps_what_was_chosen_rightly(shopper: Shopper) -> None:
    page = shopper.puts("tee", size="L", quantity=15).page
    assert (_checked(page, "colour"), _checked(page, "size")) == (["ink"], ["L"])
    assert re.search(r'id="quantity"[^>]*?value="15"', page.text, re.DOTALL)


def test_a_tee_that_nobody_sells_is_not_found(shopper: Shopper) -> None:
    assert shopper.puts("no-such-tee").page.status == 404


def test_a_cart_that_cannot_be_paid_says_why_where_the_button_would_be(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("tee", quantity=2)
    _leave(shelf, "TEE-M", 1)
    page = shopper.looks_at("/cart").page.text
    assert f'<a href="#line-{shelf.variants["TEE-M"]}">' in page
    assert "Something in the cart has changed." in page
    assert "Tee, Ink, M</strong>" in shopper.looks_at("/checkout").page.text


def test_a_sold_out_size_is_said_and_not_put_in(shopper: Shopper, shelf: Shelf) -> None:
    _leave(shelf, "TEE-S", 0)
    page = shopper.puts("tee", size="S").page
    assert page.status == 422
    assert "Ink in S is sold out." in page.text


def test_no_more_of_one_tee_than_the_limit(shopper: Shopper, shelf: Shelf) -> None:
    _leave(shelf, "TEE-M", 100)
    shopper.puts("tee", quantity=MOST_OF_ONE)
    page = shopper.puts("tee").page
    assert page.status == 422
    assert "20" in page.text
    assert _quantities(shopper.looks_at("/cart").page) == ["20"]


def test_a_quantity_is_changed_and_a_line_taken_out(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("tee").puts("tee", size="L")
    shopper.changes(shelf.variants["TEE-M"], 3)
    assert _quantities(shopper.looks_at("/cart").page) == ["3", "1"]
    shopper.removes(shelf.variants["TEE-M"])
    assert _quantities(shopper.looks_at("/cart").page) == ["1"]


@pytest.mark.parametrize("typed", ["", "x", "-1", "21", "1.5", "9" * 5_000])
def test_a_wrong_quantity_in_the_cart_changes_nothing_and_is_told(shopper: Shopper, shelf: Shelf, typed: str) -> None:
    page = shopper.puts("tee", quantity=2).changes(shelf.variants["TEE-M"], typed).page
    assert page.status == 422
    assert "Choose from 0 to 20." in page.text
    assert f'href="#quantity-{shelf.variants["TEE-M"]}"' in page.text
    assert _quantities(shopper.looks_at("/cart").page) == ["2"]


def test_changing_what_is_not_in_the_cart_changes_nothing(shopper: Shopper) -> None:
    shopper.puts("tee").changes(999_999, 5).removes(999_998)
    assert _quantities(shopper.looks_at("/cart").page) == ["1"]


class TestGifts:
    def test_nothing_is_chosen_for_the_visitor(self, shopper: Shopper) -> None:
        page = shopper.puts("tee").looks_at("/cart").page
        assert _checked(page, "gift") == []
        assert "Your gift" not in _sums(page)

    def test_a_preset(self, shopper: Shopper) -> None:
        page = shopper.puts("tee").chooses_gift("500").looks_at("/cart").page
        assert _checked(page, "gift") == ["500"]
        assert _sums(page)["Your gift"] == "$5.00"
        assert _sums(page)["Total"] == "$35.00"

    def test_an_amount_of_ones_own(self, shopper: Shopper) -> None:
        page = shopper.puts("tee").gives(1234).looks_at("/cart").page
        assert _sums(page)["Your gift"] == "$12.34"

    def test_rounding_up_lifts_the_total_to_the_next_whole_amount(self, shopper: Shopper, shelf: Shelf) -> None:
        _set_price(shelf, "TEE-M", 2510)
        page = shopper.puts("tee").chooses_gift("round_up").looks_at("/cart").page
        assert (_sums(page)["Your gift"], _sums(page)["Total"]) == ("$0.90", "$31.00")

    def test_a_gift_is_taken_back(self, shopper: Shopper) -> None:
        page = shopper.puts("tee").gives(500).chooses_gift("none").looks_at("/cart").page
        assert "Your gift" not in _sums(page)

    @pytest.mark.parametrize(
        "typed",
        ["", "abc", "-5", "0", "0.99", "500.01", "1e3", "1e999", "NaN", "inf", "5.001", "１２٣", "5,5,5", "<b>5</b>"],
    )
    def test_a_hostile_amount_is_told_beside_its_field_and_kept(self, shopper: Shopper, typed: str) -> None:
        page = shopper.puts("tee").chooses_gift("own", typed).page
        assert page.status == 422
        assert 'id="own_amount-error"' in page.text
        assert "<b>5</b>" not in page.text
        assert "Your gift" not in _sums(shopper.looks_at("/cart").page)

    def test_what_was_typed_stays_in_the_field(self, shopper: Shopper) -> None:
        page = shopper.puts("tee").chooses_gift("own", "0.5").page
        assert re.search(r'id="own_amount"[^>]*?value="0.5"', page.text, re.DOTALL)

    @pytest.mark.parametrize("choice", ["", "501", "-500", "everything", "٥٠٠", "9" * 20])
    def test_an_unknown_choice_is_told(self, shopper: Shopper, choice: str) -> None:
        page = shopper.puts("tee").chooses_gift(choice).page
        assert page.status == 422
        assert 'id="gift-error"' in page.text


class TestWhatChangedMeanwhile:
    def test_a_changed_price_is_said_once(self, shopper: Shopper, shelf: Shelf) -> None:
        shopper.puts("tee")
        _set_price(shelf, "TEE-M", 2700)
        assert "changed from $25.00 to $27.00" in shopper.looks_at("/cart").page.text
        again = shopper.looks_at("/cart").page
        assert "changed from" not in again.text
        assert _sums(again)["Tees"] == "$27.00"

    def test_what_sold_out_is_said_and_stops_the_way_to_the_checkout(self, shopper: Shopper, shelf: Shelf) -> None:
        shopper.puts("tee")
        _leave(shelf, "TEE-M", 0)
        page = shopper.looks_at("/cart").page
        assert "Sold out in this size and colour" in page.text
        assert 'name="checkout"' not in page.text

    def test_what_became_scarce_is_said(self, shopper: Shopper, shelf: Shelf) -> None:
        shopper.puts("tee", quantity=5)
        _leave(shelf, "TEE-M", 2)
        assert "Only 2 left in this size and colour" in shopper.looks_at("/cart").page.text

    def test_what_was_paid_elsewhere_is_taken_out_and_said(self, shopper: Shopper, till: Till) -> None:
        shopper.puts("tee").checks_out()
        till.processor.pays(shopper.session_id)
        till.catches_up()
        page = shopper.looks_at("/cart").page
        assert "is paid, so its tees are no longer in the cart" in page.text
        assert "Nothing in it yet" in page.text

    def test_what_others_hold_is_not_offered(self, shopper: Shopper, shelf: Shelf, till: Till) -> None:
        Rival(till).puts("TEE-M", 8).checks_out()
        assert "Only 2 left" in shopper.puts("tee", quantity=3).page.text


class TestTheCookie:
    @pytest.mark.parametrize(
        "cookie",
        ["", "x", "e30.x", "a.b.c", "é" * 50, "A" * 4_000, '"', "null", "W10.bad"],
    )
    def test_a_tampered_one_is_an_empty_cart(self, shopper: Shopper, client: SeparateClient, cookie: str) -> None:
        client.set_cookie("cart", cookie, domain="shop.test")
        page = shopper.looks_at("/cart").page
        assert page.status == 200
        assert "Nothing in it yet" in page.text

    @pytest.mark.parametrize(
        "packed",
        [
            None,
            [],
            {},
            "text",
            {"i": 1, "l": [], "g": None, "c": ""},
            {"i": "x", "l": [[1]], "g": None, "c": ""},
            {"i": "x", "l": [[1, 2, 3, 4]], "g": None, "c": ""},
            {"i": "x", "l": [[1, -2, 3]], "g": None, "c": ""},
            {"i": "x", "l": [["1", 2, 3]], "g": None, "c": ""},
            {"i": "x", "l": [[2**63, 2, 3]], "g": None, "c": ""},
            {"i": "x", "l": [[1, 2, 3]], "g": ["all", 1], "c": ""},
            {"i": "x", "l": [[1, 2, 3]], "g": ["own", -1], "c": ""},
            {"i": "x", "l": [[1, 2, 3]], "g": [[], 1], "c": ""},
            {"i": "x", "l": [[1, 2, 3]], "g": None, "c": "usa"},
            {"i": "x", "l": 5, "g": None, "c": ""},
            {"lines": {"TEE-M": 2}},
        ],
    )
    def test_one_of_an_older_form_is_an_empty_cart(
        self, shopper: Shopper, client: SeparateClient, packed: object
    ) -> None:
        client.set_cookie("cart", str(URLSafeSerializer(SECRET, salt="cart").dumps(packed)), domain="shop.test")
        page = shopper.looks_at("/cart").page
        assert page.status == 200
        assert "Nothing in it yet" in page.text

    def test_one_signed_by_somebody_else_is_an_empty_cart(self, shopper: Shopper, client: SeparateClient) -> None:
        shopper.puts("tee")
        kept = client.get_cookie("cart", domain="shop.test")
        assert kept is not None
        content = URLSafeSerializer(SECRET, salt="cart").loads(kept.value)
        client.set_cookie("cart", str(URLSafeSerializer("another", salt="cart").dumps(content)), domain="shop.test")
        assert "Nothing in it yet" in shopper.looks_at("/cart").page.text

    def test_a_tee_that_no_longer_exists_is_left_out(self, shopper: Shopper, client: SeparateClient) -> None:
        packed = {"i": "x" * 22, "l": [[999_999, 1, 2500]], "g": None, "c": ""}
        client.set_cookie("cart", str(URLSafeSerializer(SECRET, salt="cart").dumps(packed)), domain="shop.test")
        assert "Nothing in it yet" in shopper.looks_at("/cart").page.text
        assert shopper.looks_at("/checkout").page.status in (200, 303)
        assert shopper.checks_out(version="").page.status in (303, 422)

    def test_is_out_of_reach_of_scripts_and_the_count_is_not(self, client: SeparateClient, shopper: Shopper) -> None:
        shopper.puts("tee", quantity=2)
        cart, count = (client.get_cookie(name, domain="shop.test") for name in ("cart", basket.COUNT_COOKIE))
        assert cart is not None
        assert count is not None
        assert (cart.http_only, cart.same_site, count.http_only, count.value) == (True, "Lax", False, "2")

    def test_over_https_it_is_bound_to_the_host(self, settings: Settings, shelf: Shelf, app: Flask) -> None:
        """The browser refuses a __Host- cookie that is not Secure, or that is for a domain or part of the paths."""
        with visitor_of(replace(settings, base_url="https://shop.test")) as visitor:
            answer = visitor.post("/cart/lines", data={"product": "tee", "colour": "ink", "size": "M"})
        cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-cart="))
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie

    def test_survives_a_restart_of_the_server(
        self, shopper: Shopper, client: SeparateClient, settings: Settings, app: Flask, tmp_path: Path
    ) -> None:
        shopper.puts("tee", quantity=3)
        kept = client.get_cookie("cart", domain="shop.test")
        assert kept is not None
        with visitor_of(settings) as visitor:
            visitor.set_cookie("cart", kept.value, domain="shop.test")
            assert _quantities(FlaskBrowser(visitor).get("/cart")) == ["3"]
