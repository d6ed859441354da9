"""Gifts go only where they lawfully may, and round-up lifts a total to the next whole."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.database import transaction
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.giving import operations, queries
from shop.giving.operations import RouteNotAllowed
from shop.giving.rules import amounts_by_partner, round_up
from tests.giving.test_pledges import PARTNER, usd


def test_only_the_operators_own_fund_takes_gifts(app: Flask) -> None:
    routes = ("own_fund", "merchant_pledge", "connected_account", "link_out")
    with transaction():
        for route in routes:
            operations.add_fund(slug=route, name=route, purpose="", route=route)
    assert [fund.slug for fund in queries.gift_funds()] == ["own_fund"]


@pytest.mark.parametrize("route", ["merchant_pledge", "connected_account", "link_out"])
def test_a_gift_by_another_route_is_refused(app: Flask, route: str) -> None:
    with transaction():
        fund_id = operations.add_fund(slug="theirs", name="Theirs", purpose="", route=route)
    with pytest.raises(RouteNotAllowed) as refused, transaction():
        operations.record_gift(order_id="order", fund_id=fund_id, amount=usd(500), origin="own")
    assert refused.value.field == "gift"


def test_a_gift_to_a_fund_that_does_not_exist_is_refused(app: Flask) -> None:
    with pytest.raises(RouteNotAllowed), transaction():
        operations.record_gift(order_id="order", fund_id=999, amount=usd(500), origin="own")


@pytest.mark.parametrize(
    ("total", "step", "lift"),
    [(3695, 100, 5), (3699, 100, 1), (3701, 100, 99), (3700, 100, 100), (3695, 500, 305), (3500, 500, 500)],
)
def test_rounding_up_lifts_to_the_next_whole_and_a_whole_total_by_a_step(total: int, step: int, lift: int) -> None:
    assert round_up(usd(total), step=usd(step)) == usd(lift)


def test_rounding_up_knows_currencies_without_cents() -> None:
    assert round_up(Money(3695, "JPY"), step=Money(100, "JPY")) == Money(5, "JPY")


def test_promises_are_added_up_by_partner() -> None:
    promised = [("polaris", usd(500)), ("our-rescue", usd(0)), ("polaris", usd(250))]
    assert amounts_by_partner(promised) == {"polaris": usd(750)}


def test_partners_are_shown_in_order_and_by_name(app: Flask) -> None:
    with transaction():
        partner_id = operations.add_partner(PARTNER)
    assert [card.slug for card in queries.partners()] == ["polaris"]
    assert queries.partner_named("polaris").id == partner_id
    assert queries.party_names() == {"polaris": "Polaris"}
    with pytest.raises(NotFound):
        queries.partner_named("nobody")
