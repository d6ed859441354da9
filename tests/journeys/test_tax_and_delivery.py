"""Tax and delivery through the whole sale: quoted, sent, stored and posted alike."""

from __future__ import annotations

from datetime import date

import pytest

from shop.books.queries import posted_for
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.delivery.operations import add_rate as add_way
from shop.delivery.queries import zones
from shop.delivery.rules import Rate as Way
from shop.journeys.quote import quote
from shop.journeys.settle_payment import AmountMismatch
from shop.journeys.start_checkout import ELSEWHERE
from shop.orders.queries import lines_of, wishes_of
from shop.orders.rules import LONGEST_MESSAGE, Wishes
from shop.tax.operations import add_rate, set_policy
from shop.tax.rules import Policy, Rate
from tests.support.factories import Shelf, Shopper, add_offer, usd
from tests.support.till import Till


def taxed(country: str = "DE", *, region: str = "", points: int = 1_900, inclusive: bool = False) -> None:
    """A rate on goods and delivery."""
    with transaction():
        set_policy(Policy("table", inclusive))
        add_rate(Rate(0, country, region, region, "VAT", points, True, "the tax office", date(2026, 11, 1)))


def test_tax_on_top_is_sent_as_a_line_and_posted_as_owed(shopper: Shopper, till: Till) -> None:
    taxed()
    add_offer(basis_points=1_000)
    shopper.puts("TEE-S", 2).gives(700).checks_out(country="DE").pays().comes_back()
    sums = shopper.order.sums
    assert (sums.discount, sums.delivery, sums.tax, sums.gift) == (usd(500), usd(1500), usd(855 + 285), usd(700))
    assert till.processor.page_of(shopper.order_id).total == sums.total
    assert posted_for(shopper.order_id)["tax_payable", ""] == -1140
    assert ([line.tax for line in lines_of(shopper.order_id)], shopper.order.tax.delivery_minor) == ([usd(855)], 285)
    end_read()


def test_tax_within_prices_lowers_revenue_and_adds_nothing(shopper: Shopper) -> None:
    taxed(inclusive=True)
    shopper.puts("TEE-S").checks_out(country="DE").pays().comes_back()
    assert shopper.order.sums.total == usd(2500 + 1500)
    posted = posted_for(shopper.order_id)
    end_read()
    assert (posted["tax_payable", ""], posted["goods_revenue", ""]) == (-638, -(2500 - 399))
    assert posted["delivery_revenue", ""] == -(1500 - 239)


def test_a_region_is_asked_for_where_tax_depends_on_it(shopper: Shopper) -> None:
    taxed("US", region="CA", points=725)
    with pytest.raises(Invalid) as asked:
        shopper.puts("TEE-S").checks_out()
    assert asked.value.field == "region"
    assert shopper.goes_to("US", region="CA").checks_out().order.sums.tax == usd(181 + 36)
    assert shopper.goes_to("US", region=ELSEWHERE).checks_out().order.sums.tax == usd(0)


def _by_stripe(*, inclusive: bool = False) -> None:
    with transaction():
        set_policy(Policy("stripe", inclusive))


def test_stripe_s_tax_is_written_down_when_it_is_paid(shopper: Shopper, till: Till) -> None:
    _by_stripe()
    shopper.puts("TEE-S", 3).gives(500).checks_out()
    quoted = shopper.order.sums
    assert quoted.tax == usd(0)
    till.processor.reckons_tax(shopper.session_id, items=(600, 0), delivery=40)
    shopper.pays().comes_back()
    facts = shopper.order
    assert (facts.sums.tax, facts.sums.total, facts.state) == (usd(640), quoted.total + usd(640), "paid")
    assert [line.tax for line in lines_of(shopper.order_id)] == [usd(600)]
    assert posted_for(shopper.order_id)["tax_payable", ""] == -640
    end_read()
    shopper.comes_back()
    assert shopper.order.sums == facts.sums


def test_stripe_s_tax_within_prices_changes_no_sum(shopper: Shopper, till: Till) -> None:
    _by_stripe(inclusive=True)
    shopper.puts("TEE-S").checks_out()
    till.processor.reckons_tax(shopper.session_id, items=(300,), delivery=60)
    shopper.pays().comes_back()
    assert (shopper.order.sums.tax, shopper.order.tax.included_minor) == (usd(0), 360)


def test_more_than_was_quoted_and_taxed_is_sold_to_nobody(shopper: Shopper, till: Till) -> None:
    _by_stripe()
    shopper.puts("TEE-S").checks_out()
    till.processor.reckons_tax(shopper.session_id, items=(200,), delivery=0)
    till.processor.pays(shopper.session_id, amount=usd(9_999))
    with pytest.raises(AmountMismatch):
        shopper.comes_back()
    assert (shopper.order.state, shopper.order.sums.tax) == ("awaiting_payment", usd(0))


def test_the_way_that_was_chosen_is_on_the_order(shopper: Shopper, till: Till, shelf: Shelf) -> None:
    home = zones()[0].id
    end_read()
    with transaction():
        add_way(home, Way(0, "Tracked", usd(800), None, "2 days"))
        add_way(home, Way(0, "Pick-up", usd(0), None, "", pickup=True, place="12 Street"))
    tracked, pickup = quote(shopper.puts("TEE-S").cart).ways
    end_read()
    shopper.goes_to("US", rate_id=tracked.rate_id).checks_out()
    assert (shopper.order.delivery_name, shopper.order.sums.delivery) == ("Home, Tracked", usd(800))
    shopper.goes_to("US", rate_id=pickup.rate_id).checks_out()
    assert (shopper.order.delivery_name, shopper.order.pickup) == ("Pick-up: 12 Street", True)
    sent = till.processor.page_of(shopper.order_id).request.delivery
    assert sent is not None
    assert sent.country == ""


def test_wishes_are_kept_and_make_another_order(shopper: Shopper) -> None:
    present = Wishes(present=True, recipient="Ida", message="For you", discreet=True)
    first = shopper.puts("TEE-S").checks_out().order_id
    shopper.checks_out(wishes=present)
    assert (wishes_of(shopper.order_id), wishes_of(first)) == (present, Wishes())
    assert shopper.order_id != first
    end_read()


def test_a_message_has_a_length(shopper: Shopper) -> None:
    with pytest.raises(Invalid) as refused:
        shopper.puts("TEE-S").checks_out(wishes=Wishes(message="x" * (LONGEST_MESSAGE + 1)))
    assert refused.value.field == "message"
