"""From the cart to the payment page and back: one order whatever is pressed, nothing held when it cannot go on."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.catalogue.models import Variant
from shop.core.database import end_read, session, transaction
from shop.journeys.keep_stock import count_stock
from shop.orders.models import Order
from shop.orders.rules import LONGEST_NOTE
from shop.payments.models import CheckoutSession
from shop.stock.models import StockLevel
from tests.support.client import SeparateClient
from tests.support.factories import Shelf
from tests.support.factories import Shopper as Rival
from tests.support.shopper import FlaskBrowser, Shopper
from tests.support.till import Till


def _orders() -> dict[str, int]:
    """How many orders there are in each state."""
    rows = session().execute(select(Order.state, func.count()).group_by(Order.state)).all()
    end_read()
    return dict(rows)


def _held() -> int:
    units = session().execute(select(func.sum(StockLevel.held))).scalar_one()
    end_read()
    return int(units)


def _error_beside(field: str, text: str) -> str:
    found = re.search(rf'<p class="field__error" id="{field}-error">(.*?)</p>', text, re.DOTALL)
    return found[1] if found else ""


def _leave(shelf: Shelf, units: int) -> None:
    count_stock(variant_id=shelf.variants["TEE-M"], counted=units, seen=10, reason="test", actor="robin")


class TestGoingToPay:
    def test_the_button_leads_to_the_payment_page(self, shopper: Shopper, till: Till) -> None:
        page = shopper.puts("tee").checks_out(note="Ring twice").page
        assert page.status == HTTPStatus.SEE_OTHER
        assert page.location == till.processor.pages[shopper.session_id].request.success_url.replace(
            page.location, ""
        ) or page.location.startswith("https://pay.test/")
        assert page.headers["cache-control"] == "no-store"
        assert (_orders(), _held()) == ({"awaiting_payment": 1}, 1)

    def test_pressing_twice_is_one_order_and_one_page(self, shopper: Shopper, till: Till) -> None:
        first = shopper.puts("tee").checks_out(version="").page.location
        second = shopper.checks_out(version="").page.location
        assert first == second
        assert (_orders(), len(till.processor.pages), _held()) == ({"awaiting_payment": 1}, 1, 1)

    def test_another_tab_finds_the_same_order(self, shopper: Shopper, app: Flask, client: SeparateClient) -> None:
        shopper.puts("tee")
        tab = app.test_client()
        assert isinstance(tab, SeparateClient)
        kept = client.get_cookie("cart", domain="shop.test")
        assert kept is not None
        tab.set_cookie("cart", kept.value, domain="shop.test")
        first = shopper.checks_out().page.location
        assert Shopper(FlaskBrowser(tab)).checks_out().page.location == first
        assert _orders() == {"awaiting_payment": 1}

    def test_coming_back_shows_what_was_chosen(self, shopper: Shopper) -> None:
        page = shopper.puts("tee").checks_out(country="DE", note="Ring twice").looks_at("/checkout").page
        assert re.search(r'<option value="DE" selected', page.text)
        assert "Ring twice</textarea>" in page.text

    def test_a_changed_cart_gives_the_old_order_up(self, shopper: Shopper, till: Till) -> None:
        first = shopper.puts("tee").checks_out().page.location
        second = shopper.puts("tee").checks_out().page.location
        assert first != second
        assert (_orders(), _held()) == ({"awaiting_payment": 1, "cancelled": 1}, 2)
        assert sorted(page.state for page in till.processor.pages.values()) == ["expired", "open"]

    def test_the_sums_for_a_country_are_shown_on_asking(self, shopper: Shopper) -> None:
        page = shopper.puts("tee").looks_at("/checkout?country=DE").page
        assert "$40.00" in page.text
        assert page.headers["cache-control"] == "no-store"

    def test_an_empty_cart_is_led_back(self, shopper: Shopper) -> None:
        page = shopper.looks_at("/checkout").page
        assert (page.status, page.location) == (303, "/cart")

    def test_an_empty_cart_cannot_be_paid_for(self, shopper: Shopper) -> None:
        page = shopper.checks_out(version="").page
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Your cart is empty." in page.text
        assert _orders() == {}


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("country", "words"),
        [
            ("", "Choose a country."),
            ("USA", "Choose a country."),
            ("XX", "We cannot deliver"),
            ("??", "cannot deliver"),
        ],
    )
    def test_a_missing_or_unknown_country_is_told_beside_its_field(
        self, shopper: Shopper, country: str, words: str
    ) -> None:
        page = shopper.puts("tee").checks_out(country=country, note="Ring twice").page
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in _error_beside("country", page.text)
        assert "Ring twice</textarea>" in page.text
        assert (_orders(), _held()) == ({}, 0)

    def test_a_long_note_is_told_beside_its_field_and_kept(self, shopper: Shopper) -> None:
        note = "x" * (LONGEST_NOTE + 1)
        page = shopper.puts("tee").checks_out(note=note).page
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert str(LONGEST_NOTE) in _error_beside("note", page.text)
        assert note in page.text
        assert re.search(r'<option value="US" selected', page.text)
        assert _orders() == {}

    def test_a_note_of_just_that_length_is_taken_however_its_lines_end(self, shopper: Shopper) -> None:
        """Browsers send a line's end as two characters and count it as one."""
        note = ("x" * 9 + "\r\n") * (LONGEST_NOTE // 10)
        assert shopper.puts("tee").checks_out(note=note).page.status == HTTPStatus.SEE_OTHER

    def test_a_price_that_changed_between_the_pages_is_shown_first(self, shopper: Shopper, shelf: Shelf) -> None:
        version = shopper.puts("tee").looks_at("/checkout").page.value_of("cart_version")
        with transaction() as current:
            current.execute(update(Variant).where(Variant.id == shelf.variants["TEE-M"]).values(price_minor=2700))
        page = shopper.checks_out(version=version).page
        assert page.status == HTTPStatus.CONFLICT
        assert "Your cart changed in the meantime." in page.text
        assert "$27.00" in page.text
        assert _orders() == {}
        again = shopper.checks_out(version=page.value_of("cart_version")).page
        assert again.status == HTTPStatus.SEE_OTHER

    def test_what_sold_out_between_the_pages_is_told(self, shopper: Shopper, shelf: Shelf) -> None:
        shopper.puts("tee")
        _leave(shelf, 0)
        page = shopper.checks_out(version="").page
        assert page.status == HTTPStatus.CONFLICT
        assert "Sold out in this size and colour" in page.text
        assert (_orders(), _held()) == ({}, 0)

    def test_two_for_the_last_one(self, shopper: Shopper, another: Shopper, shelf: Shelf) -> None:
        _leave(shelf, 1)
        shopper.puts("tee")
        another.puts("tee")
        assert shopper.checks_out(version="").at_payment
        late = another.checks_out(version="").page
        assert late.status == HTTPStatus.CONFLICT
        assert "Sold out in this size and colour" in late.text
        assert _orders() == {"awaiting_payment": 1}


class TestWhenStripeDoesNotAnswer:
    @pytest.mark.parametrize("fault", ["before", "after", "refuses"])
    def test_the_visitor_is_told_nothing_is_held_and_the_cart_is_whole(
        self, shopper: Shopper, till: Till, fault: str
    ) -> None:
        till.processor.fails("open_session", fault)  # type: ignore[arg-type]  # one of the faults it knows
        page = shopper.puts("tee", quantity=2).gives(500).checks_out(note="Ring twice").page
        assert page.status == HTTPStatus.SERVICE_UNAVAILABLE
        assert "nothing was ordered" in page.text
        assert "Ring twice</textarea>" in page.text
        assert (_orders(), _held()) == ({"cancelled": 1}, 0)
        assert "$60.00" in shopper.looks_at("/cart").page.text
        assert shopper.checks_out().at_payment

    def test_coming_back_while_it_is_away_shows_the_order_waiting(self, shopper: Shopper, till: Till) -> None:
        session_id = shopper.puts("tee").checks_out().session_id
        till.processor.pays(session_id)
        till.processor.fails("read_session", "before")
        page = shopper.comes_back(session_id).page
        assert page.status == HTTPStatus.SEE_OTHER
        assert "Waiting for your payment" in shopper.looks_at(page.location).page.text
        till.catches_up()
        assert "Thank you" in shopper.looks_at(page.location).page.text


class TestComingBack:
    def test_settles_empties_the_cart_and_shows_the_order(self, shopper: Shopper, till: Till) -> None:
        session_id = shopper.puts("tee").gives(500).checks_out().session_id
        till.processor.pays(session_id)
        page = shopper.comes_back(session_id).page
        assert page.status == HTTPStatus.SEE_OTHER
        assert page.location.startswith("/orders/")
        assert "Thank you" in shopper.looks_at(page.location).page.text
        assert "Nothing in it yet" in shopper.looks_at("/cart").page.text
        assert _orders() == {"paid": 1}

    def test_twice_changes_nothing_more(self, shopper: Shopper, till: Till) -> None:
        session_id = shopper.puts("tee").checks_out().session_id
        till.processor.pays(session_id)
        first = shopper.comes_back(session_id).page.location
        assert shopper.comes_back(session_id).page.location == first
        assert _orders() == {"paid": 1}

    def test_without_having_paid_keeps_the_cart(self, shopper: Shopper) -> None:
        session_id = shopper.puts("tee").checks_out().session_id
        page = shopper.comes_back(session_id).page
        assert "Continue to payment" in shopper.looks_at(page.location).page.text
        assert "$30.00" in shopper.looks_at("/cart").page.text

    def test_what_was_put_in_while_paying_stays_wanted(self, shopper: Shopper, till: Till) -> None:
        session_id = shopper.puts("tee").checks_out().session_id
        shopper.puts("tee", size="L")
        till.processor.pays(session_id)
        shopper.comes_back(session_id)
        text = shopper.looks_at("/cart").page.text
        assert "Ink, L" in text
        assert "Ink, M" not in text

    @pytest.mark.parametrize("session_id", ["", "cs_test_unknown", "x" * 500, "%00", "../../etc/passwd", "é"])
    def test_with_a_payment_that_we_do_not_know_is_not_found(
        self, shopper: Shopper, till: Till, session_id: str
    ) -> None:
        page = shopper.looks_at(f"/checkout/return?session={session_id}").page
        assert page.status in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
        assert till.processor.calls == []

    def test_after_paying_in_another_window_the_button_shows_the_order(self, shopper: Shopper, till: Till) -> None:
        session_id = shopper.puts("tee").checks_out().session_id
        till.processor.pays(session_id)
        till.catches_up()
        page = shopper.checks_out(version="").page
        assert page.status == HTTPStatus.SEE_OTHER
        assert "Thank you" in shopper.looks_at(page.location).page.text
        assert "Nothing in it yet" in shopper.looks_at("/cart").page.text
        assert _orders() == {"paid": 1}

    def test_a_slow_payment_under_way_is_not_paid_a_second_time(self, shopper: Shopper, till: Till) -> None:
        session_id = shopper.puts("tee").checks_out().session_id
        till.processor.pays_slowly(session_id)
        till.catches_up()
        page = shopper.checks_out(version="").page
        assert page.location.startswith("/orders/")
        assert _orders() == {"awaiting_payment": 1}

    def test_somebody_elses_return_does_not_empty_my_cart(self, shopper: Shopper, another: Shopper, till: Till) -> None:
        another.puts("tee")
        session_id = shopper.puts("tee").checks_out().session_id
        till.processor.pays(session_id)
        another.comes_back(session_id)
        assert "$30.00" in another.looks_at("/cart").page.text


def test_one_session_is_kept_for_an_order(shopper: Shopper) -> None:
    shopper.puts("tee").checks_out().checks_out(version="")
    assert session().execute(select(func.count()).select_from(CheckoutSession)).scalar_one() == 1
    end_read()


def test_what_others_hold_is_told_to_whom_it_concerns(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.puts("tee", quantity=5)
    Rival(till).puts("TEE-M", 8).checks_out()
    page = shopper.checks_out(version="").page
    assert page.status == HTTPStatus.CONFLICT
    assert "Only 2 left" in page.text
