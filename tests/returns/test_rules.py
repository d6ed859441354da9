"""Until when an order may be withdrawn from, and sent back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shop.returns.rules import EEA, may_return, may_withdraw

SENT = datetime(2026, 11, 1, tzinfo=UTC)


def test_withdrawing_is_open_from_the_order_to_five_weeks_after_it_left() -> None:
    assert may_withdraw(country="DE", sent_at=None, now=SENT)
    last_arrival = SENT + timedelta(days=184)  # six months, after which a parcel counts as lost
    assert may_withdraw(country="NO", sent_at=SENT, now=last_arrival + timedelta(days=15))
    assert not may_withdraw(country="DE", sent_at=SENT, now=last_arrival + timedelta(days=20))
    assert not may_withdraw(country="US", sent_at=None, now=SENT)
    assert len(EEA) == 30


def test_sending_back_is_open_for_two_months_after_it_left() -> None:
    assert not may_return(sent_at=None, now=SENT)
    assert may_return(sent_at=SENT, now=SENT + timedelta(days=59))
    assert not may_return(sent_at=SENT, now=SENT + timedelta(days=60))
