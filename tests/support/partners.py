"""Transfers to partners, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from shop.core import codes
from shop.journeys.pay_partner import pay_partner
from shop.payouts.operations import NewPayout
from tests.support.factories import usd


def a_payout(minor: int = 500, **changed: Any) -> NewPayout:
    """So many cents to Polaris, with a fee of 25 cents."""
    said: dict[str, Any] = {
        "id": codes.new_id(),
        "party": "polaris",
        "kind": "pledges",
        "amount": usd(minor),
        "fee": usd(25),
        "paid_on": date(2026, 11, 19),
        "reference": "Transfer 7",
        "document": None,
        "contact": None,
        "actor": "robin",
    }
    return NewPayout(**(said | changed))


def pay_polaris(minor: int, **changed: Any) -> str:
    """Enter it; its id."""
    new = a_payout(minor, **changed)
    assert pay_partner(new)
    return new.id
