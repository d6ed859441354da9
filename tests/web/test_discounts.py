"""A discount code in the cart: used, refused beside its field, taken out, and gone stale."""

from __future__ import annotations

import re

import pytest

from shop.core.database import transaction
from shop.discounts.operations.offers import set_state
from tests.support.factories import add_offer, usd
from tests.support.shopper import Shopper
from tests.support.till import Till


def _error(shopper: Shopper) -> str:
    found = re.search(r'id="code-error">(.*?)</p>', shopper.page.text, re.DOTALL)
    return found[1] if found else ""


def _types(shopper: Shopper, code: str) -> Shopper:
    shopper.page = shopper.browser.post("/cart/code", {"code": code})
    return shopper


def test_a_code_is_used_and_named_beside_what_it_takes_off(shopper: Shopper) -> None:
    add_offer(code="SPRING")
    assert _types(shopper.puts("tee"), " spring ").page.status == 303
    text = shopper.looks_at("/cart").page.text
    assert "-$2.50" in text
    assert "Spring sale (SPRING)" in text
    assert "$27.50" in text
    assert "-$2.50" in shopper.looks_at("/checkout").page.text


def test_it_is_taken_out_again(shopper: Shopper) -> None:
    add_offer(code="SPRING")
    _types(shopper.puts("tee"), "SPRING")
    shopper.page = shopper.browser.post("/cart/code/remove", {})
    assert "SPRING" not in shopper.looks_at("/cart").page.text


@pytest.mark.parametrize("typed", ["NOSUCH", "x' OR 1=1", "é" * 30, "A" * 80, "\x00"])
def test_an_unknown_code_is_said_beside_its_field_and_kept(shopper: Shopper, typed: str) -> None:
    page = _types(shopper.puts("tee"), typed).page
    assert page.status in (303, 422)
    if page.status == 422:
        assert "Check it for mistakes" in _error(shopper)


def test_a_code_that_does_not_fit_says_what_is_missing(shopper: Shopper) -> None:
    add_offer(code="BIG", minimum=usd(5_000))
    assert _types(shopper.puts("tee"), "BIG").page.status == 422
    assert "of $50.00 or more; yours come to $25.00" in _error(shopper)
    assert 'value="BIG"' in shopper.page.text


def test_a_code_that_was_paused_meanwhile_is_told_before_anything_is_paid(shopper: Shopper, till: Till) -> None:
    discount_id = add_offer(code="SPRING")
    _types(shopper.puts("tee"), "SPRING")
    version = shopper.looks_at("/checkout").page.value_of("cart_version")
    with transaction():
        set_state(discount_id, "paused")
    page = shopper.checks_out(version=version).page
    assert page.status == 409
    assert "changed in the meantime" in page.text
    assert "SPRING: This code is not in use at the moment." in page.text
    assert "SPRING: This code is not in use at the moment." in shopper.looks_at("/cart").page.text


def test_the_order_page_and_the_letter_name_it(shopper: Shopper, till: Till) -> None:
    add_offer(code="SPRING")
    add_offer(kind="free_delivery")
    session_id = _types(shopper.puts("tee"), "SPRING").checks_out().session_id
    till.processor.pays(session_id)
    text = shopper.looks_at(shopper.comes_back(session_id).page.location).page.text
    assert "Spring sale (SPRING)" in text
    till.catches_up()
    assert "Spring sale (SPRING)" in str(till.post.letters[0].get_body(("plain",)))
