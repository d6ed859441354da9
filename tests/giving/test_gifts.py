"""Gifts go only where they lawfully may, lose no cent on the way, and round-up lifts a total to the next whole."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from shop.core.database import transaction
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.giving import operations, queries
from shop.giving.operations import RouteNotAllowed
from shop.giving.queries import NOT_SET_UP, partners
from shop.giving.routes import COUNTRY_RULES, OWN_FUND, ROUTES, Operator, verdict
from shop.giving.rules import CardFee, FundCard, FundShare, Wish, gifts_left, round_up, shared
from tests.giving.test_pledges import PARTNER, usd


def fund(fund_id: int, slug: str = "night-fund") -> FundCard:
    return FundCard(fund_id, slug, slug.title(), "Shelter")


def share(fund_id: int, minor: int = 500) -> FundShare:
    return FundShare(fund(fund_id), usd(minor))


def test_only_the_operators_own_fund_takes_gifts(app: Flask) -> None:
    routes = ("own_fund", "merchant_pledge", "connected_account", "link_out")
    with transaction():
        for route in routes:
            operations.add_fund(slug=route, name=route, purpose="Shelter", route=route)
    assert [fund.slug for fund in queries.gift_funds()] == ["own_fund"]


@pytest.mark.parametrize("route", ["merchant_pledge", "connected_account", "link_out"])
def test_a_gift_by_another_route_is_refused(app: Flask, route: str) -> None:
    with transaction():
        fund_id = operations.add_fund(slug="theirs", name="Theirs", purpose="", route=route)
    with pytest.raises(RouteNotAllowed) as refused, transaction():
        operations.record_gift(order_id="order", shares=[share(fund_id)], origin="own", wish=Wish())
    assert refused.value.field == "gift"


def test_a_gift_to_a_fund_that_does_not_exist_is_refused(app: Flask) -> None:
    with pytest.raises(RouteNotAllowed), transaction():
        operations.record_gift(order_id="order", shares=[share(999)], origin="own", wish=Wish())


@pytest.mark.parametrize(
    ("total", "step", "lift"),
    [(3695, 100, 5), (3699, 100, 1), (3701, 100, 99), (3700, 100, 100), (3695, 500, 305), (3500, 500, 500)],
)
def test_rounding_up_lifts_to_the_next_whole_and_a_whole_total_by_a_step(total: int, step: int, lift: int) -> None:
    assert round_up(usd(total), step=usd(step)) == usd(lift)


def test_rounding_up_knows_currencies_without_cents() -> None:
    assert round_up(Money(3695, "JPY"), step=Money(100, "JPY")) == Money(5, "JPY")


def test_partners_are_shown_in_order_and_by_name(app: Flask) -> None:
    with transaction():
        partner_id = operations.add_partner(PARTNER)
    assert [card.slug for card in partners.partners()] == ["polaris"]
    assert partners.partner_named("polaris").id == partner_id
    assert queries.party_names() == {"polaris": "Polaris"}
    with pytest.raises(NotFound):
        partners.partner_named("nobody")


US = NOT_SET_UP.operator


@pytest.mark.parametrize("route", sorted(set(ROUTES) - {OWN_FUND}))
def test_no_other_route_takes_a_gift_and_each_says_why(route: str) -> None:
    told = verdict(route, purpose="Shelter", operator=US)
    assert not told.lawful
    assert told.why.endswith(".")
    assert told.source.startswith("https://")


def test_a_fund_without_a_purpose_takes_no_gift() -> None:
    assert verdict(OWN_FUND, purpose="Shelter", operator=US).lawful
    assert not verdict(OWN_FUND, purpose=" ", operator=US).lawful


@pytest.mark.parametrize("country", sorted(COUNTRY_RULES))
def test_a_barred_country_is_told_why(country: str) -> None:
    anybody = Operator(country, registered=False, gift_agreement=False)
    told = verdict(OWN_FUND, purpose="Shelter", operator=anybody)
    assert (told.lawful, told.why) == (False, COUNTRY_RULES[country].why)
    assert COUNTRY_RULES[country].name in told.why


def test_what_lifts_a_country_s_bar() -> None:
    registered = {one for one in COUNTRY_RULES if _lawful(Operator(one, registered=True, gift_agreement=False))}
    agreed = {one for one in COUNTRY_RULES if _lawful(Operator(one, registered=True, gift_agreement=True))}
    assert registered == {"ID", "SG"}
    assert agreed == {"ID", "JP", "SG"}


def _lawful(operator: Operator) -> bool:
    return verdict(OWN_FUND, purpose="Shelter", operator=operator).lawful


def test_the_guard_stands_in_the_room(app: Flask) -> None:
    """Not only in the form: a store that moved to a barred country takes no gift, whoever asks."""
    with transaction():
        fund_id = operations.add_fund(slug="own", name="Own", purpose="Shelter", route=OWN_FUND)
        operations.set_up(replace(NOT_SET_UP, operator=Operator("HK", registered=True, gift_agreement=True)))
    assert queries.gift_funds() == []
    with pytest.raises(RouteNotAllowed), transaction():
        operations.record_gift(order_id="order", shares=[share(fund_id)], origin="own", wish=Wish())


amounts = some.integers(1, 10**9)
weights = some.lists(some.integers(0, 100), min_size=1, max_size=12).filter(any)


@given(amounts, weights, some.data())
def test_a_gift_is_shared_and_given_back_without_losing_a_cent(
    minor: int, parts: list[int], data: some.DataObject
) -> None:
    shares = shared(usd(minor), [(fund(number, f"fund-{number}"), part) for number, part in enumerate(parts)])
    returned = data.draw(some.integers(0, minor))
    left = gifts_left(shares, returned=usd(returned))
    assert sum(one.amount.minor for one in shares) == minor
    assert sum(one.minor for one in left.values()) == minor - returned
    assert all(0 <= left[one.fund.slug].minor <= one.amount.minor for one in shares)


@given(amounts, some.integers(0, 1_000), some.integers(0, 100), some.booleans())
def test_what_covers_the_fee_is_just_enough(minor: int, points: int, fixed: int, alone: bool) -> None:
    """Just enough that the fee of the whole payment, itself included, takes nothing from the gift."""
    cover = CardFee(points, fixed).to_cover(usd(minor), alone=alone).minor

    def fee(paid: int) -> float:
        return paid * points / 10_000 + (fixed if alone else 0)

    assert fee(minor + cover) <= cover + 1e-6 * minor
    assert cover == 0 or fee(minor + cover - 1) > cover - 1 - 1e-6 * minor
