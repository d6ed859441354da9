"""What a receipt must say above which amount, and that it never calls a tee a gift."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shop.receipts.rules import Content, printed_number, statements
from tests.support.factories import usd


def content(**said: Any) -> Content:
    known: dict[str, Any] = {
        "order_number": "K7M-4QF9",
        "paid_on": date(2026, 11, 20),
        "operator": "Open Door",
        "registration": "EIN 00-0000000",
        "registered": True,
        "country": "US",
        "email": "robin@example.org",
        "funds": [("Open Fund", 1_000)],
        "goods": usd(0),
        "gift": usd(1_000),
        "fee_cover": usd(0),
        "pledge": usd(0),
    }
    return Content(**(known | said))


@pytest.mark.parametrize(
    ("goods", "gift", "told"),
    [(6_500, 1_000, False), (6_500, 1_001, True), (0, 10_000, False), (1, 7_500, True)],
)
def test_above_75_dollars_a_payment_for_both_is_disclosed(goods: int, gift: int, told: bool) -> None:
    said = " ".join(statements(content(goods=usd(goods), gift=usd(gift))))
    assert ("good-faith estimate" in said) is told


@pytest.mark.parametrize(("gift", "told"), [(24_999, False), (25_000, True)])
def test_from_250_dollars_the_return_is_acknowledged(gift: int, told: bool) -> None:
    alone = " ".join(statements(content(gift=usd(gift))))
    beside = " ".join(statements(content(gift=usd(gift), goods=usd(2_500))))
    assert ("gave no goods or services in return" in alone) is told
    assert ("gave goods whose value we estimate in good faith at $25.00" in beside) is told


def test_nobody_but_a_registered_charity_speaks_of_deductions() -> None:
    said = " ".join(statements(content(registered=False, gift=usd(90_000), goods=usd(9_000))))
    assert "good-faith" not in said
    assert "nothing here says that the gift can be deducted" in said


def test_another_country_gets_no_american_words() -> None:
    said = " ".join(statements(content(country="DE", gift=usd(90_000))))
    assert "US federal" not in said
    assert "the law where you live" in said


def test_goods_and_pledges_are_said_to_be_no_gift_of_the_buyer() -> None:
    said = statements(content(goods=usd(2_500), pledge=usd(500)))
    assert said[0].startswith("A tee is not a gift")
    assert "$5.00 of our own" in said[1]


def test_what_is_kept_is_what_was_said() -> None:
    said = content(goods=usd(2_500), fee_cover=usd(30))
    assert Content.unpacked(said.packed()) == said


def test_numbers_are_printed_with_series_and_year() -> None:
    assert printed_number("G", 2026, 12) == "G-2026-000012"
