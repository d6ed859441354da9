"""A pledge holds within its dates, its cap and for active partners, and says so in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.core import clock
from shop.core.database import session, transaction
from shop.core.errors import Invalid
from shop.core.money import Money
from shop.giving import operations, queries
from shop.giving.models import Partner
from shop.giving.operations import PledgeChanged
from shop.giving.rules import PledgeTerms
from tests.catalogue.making import add_tee
from tests.support import factories
from tests.support.held_clock import HeldClock

PARTNER = replace(
    factories.PARTNER,
    legal_name="Polaris Project",
    registry_name="US IRS (EIN)",
    registry_number="03-0391561",
    website="https://polarisproject.org",
)
TERMS = PledgeTerms(
    id=1,
    product_id=1,
    partner_id=1,
    partner_slug="polaris",
    partner_name="Polaris",
    per_unit=Money(500, "USD"),
    basis_points=None,
    ends_at=None,
    cap=None,
    left=None,
)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def pledge_on_a_tee(
    *,
    status: str = "active",
    cap: Money | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> tuple[int, int]:
    """The ids of a product and of its pledge of $5 a unit; begun an hour ago where nothing else is said."""
    with transaction():
        product_id, _ = add_tee("north-star")
        pledge_id = operations.add_pledge(
            product_id=product_id,
            partner_id=operations.add_partner(replace(PARTNER, status=status)),
            per_unit=usd(500),
            currency="USD",
            starts_at=starts_at or clock.now() - timedelta(hours=1),
            ends_at=ends_at,
            cap=cap,
        )
    return product_id, pledge_id


def test_a_pledge_is_in_force_from_its_start_until_before_its_end(app: Flask, held_clock: HeldClock) -> None:
    starts, ends = held_clock.now + timedelta(days=1), held_clock.now + timedelta(days=2)
    product_id, pledge_id = pledge_on_a_tee(starts_at=starts, ends_at=ends)
    assert queries.pledges_for([product_id]) == {}
    held_clock.set_to(starts)
    assert queries.pledges_for([product_id])[product_id].id == pledge_id
    held_clock.set_to(ends - timedelta(seconds=1))
    assert product_id in queries.pledges_for([product_id])
    held_clock.set_to(ends)
    assert queries.pledges_for([product_id]) == {}


@pytest.mark.parametrize("status", ["unverified", "paused", "ended"])
def test_only_an_active_partner_is_promised_anything(app: Flask, status: str) -> None:
    product_id, _ = pledge_on_a_tee(status=status)
    assert queries.pledges_for([product_id]) == {}


@pytest.mark.breaks_invariants("promises that no order made")
def test_a_pledge_that_reached_its_cap_is_no_longer_in_force(app: Flask) -> None:
    product_id, pledge_id = pledge_on_a_tee(cap=usd(1000))
    assert queries.pledges_for([product_id])[product_id].left == usd(1000)
    with transaction():
        operations.promise_pledges({pledge_id: usd(1000)})
    assert queries.pledges_for([product_id]) == {}
    with transaction():
        operations.return_pledges({pledge_id: usd(500)})
    assert queries.pledges_for([product_id])[product_id].left == usd(500)


@pytest.mark.breaks_invariants("promises that no order made")
def test_an_exact_fit_passes_the_cap_and_one_cent_more_does_not(app: Flask) -> None:
    product_id, pledge_id = pledge_on_a_tee(cap=usd(1000))
    with transaction():
        operations.promise_pledges({pledge_id: usd(999)})
    with pytest.raises(PledgeChanged), transaction():
        operations.promise_pledges({pledge_id: usd(2)})
    with transaction():
        operations.promise_pledges({pledge_id: usd(1)})
    assert queries.pledges_for([product_id]) == {}


def test_promises_are_counted_all_or_none(app: Flask) -> None:
    product_id, pledge_id = pledge_on_a_tee(cap=usd(1000))
    with pytest.raises(PledgeChanged), transaction():
        operations.promise_pledges({pledge_id: usd(400), pledge_id + 1: usd(1)})
    assert queries.pledges_for([product_id])[product_id].left == usd(1000)


def test_a_pledge_has_exactly_one_base(app: Flask) -> None:
    product_id, _ = pledge_on_a_tee()
    partner_id = session().query(Partner.id).scalar()
    for base in ({}, {"per_unit": usd(500), "basis_points": 100}):
        with pytest.raises(Invalid), transaction():
            operations.add_pledge(
                product_id=product_id,
                partner_id=partner_id,
                currency="USD",
                starts_at=clock.now(),
                **base,  # type: ignore[arg-type]  # wrong on purpose
            )


def test_each_unit_sold_promises_its_amount() -> None:
    assert TERMS.amount_for(price=usd(3200), quantity=3, left=None) == usd(1500)
    tenth = replace(TERMS, per_unit=None, basis_points=1_000)
    assert tenth.amount_for(price=usd(3205), quantity=2, left=None) == usd(642)  # 320.5 rounded up, each


def test_units_that_no_longer_fit_under_the_cap_promise_nothing() -> None:
    promised = [TERMS.amount_for(price=usd(3200), quantity=3, left=usd(left)) for left in (1_500, 1_499, 499, 0)]
    assert promised == [usd(1500), usd(1000), usd(0), usd(0)]


def test_a_share_so_small_that_it_rounds_to_nothing_promises_nothing() -> None:
    crumb = replace(TERMS, per_unit=None, basis_points=1)
    assert crumb.amount_for(price=usd(100), quantity=5, left=usd(100)) == usd(0)


def test_the_sentence_says_how_much_to_whom_until_when_and_up_to_how_much() -> None:
    assert TERMS.sentence() == "We give Polaris $5 from each one sold."
    share = replace(TERMS, per_unit=None, basis_points=250)
    assert share.sentence() == "We give Polaris 2.5% of its price."
    whole = replace(TERMS, ends_at=datetime(2027, 11, 1, tzinfo=UTC), cap=usd(500_000), left=usd(1))
    sentence = whole.sentence()
    assert sentence.startswith("We give Polaris $5 from each one sold")
    assert "2027" in sentence
    assert sentence.endswith("up to $5,000 in all.")
