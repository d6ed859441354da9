"""Reports, the first page's figures, the search: in agreement with the books, for those who may see them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from shop.admin.charts import chart, nice
from shop.admin.periods import Period, period_of
from shop.admin.reads import figures, groups
from shop.books.queries import balances
from shop.catalogue.models import Variant
from shop.core import clock
from shop.core.database import end_read, transaction
from shop.core.sheets import read_csv
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.refund_order import give_part_back
from shop.journeys.refund_plan import Wish
from shop.orders.queries import lines_of
from tests.admin.desk import Desk
from tests.admin.sales import Counter
from tests.support.factories import Shelf, Shopper, add_offer, open_shop
from tests.support.till import Till
from tests.web.counting import statements

WEEK = {"days": "7", "compare": "none"}


@pytest.fixture
def lived(app: Flask) -> Shelf:
    """Sold with gift and discount, a part given back, one never paid; costs known for one size."""
    shelf, till = open_shop(), Till()
    with transaction() as current:
        current.execute(update(Variant).where(Variant.sku == "TEE-M").values(cost_minor=900))
    first = Shopper(till).gives(500).buys("TEE-M", 3)
    add_offer(code="SPRING", most_uses=3, code_uses=1)
    Shopper(till).types("SPRING").buys("TEE-S", 2)
    Shopper(till).puts("TEE-L").checks_out()
    (line,) = lines_of(first.order_id)
    end_read()
    fulfil_order(order_id=first.order_id, actor="robin")
    wish = Wish(units={line.id: 1}, stock={line.id: "restocked"}, price=200, delivery=100)
    give_part_back(order_id=first.order_id, wish=wish, key="back", reason="Torn", actor="robin")
    till.works()
    return shelf


def now() -> Period:
    return period_of(WEEK, clock.now().date())


def booked(*accounts: str) -> int:
    return -sum(minor for (account, _, _), minor in balances().items() if account in accounts)


def test_days_are_what_the_books_say(lived: Shelf) -> None:
    whole = sum(figures.days(now()).values(), figures.Day())
    assert whole.sales == booked("goods_revenue", "delivery_revenue", "discounts", "refunds", "disputes")
    assert (whole.gifts, whole.pledges) == (booked("donations_payable"), booked("pledge_payable"))
    assert (whole.tax, whole.fees) == (booked("tax_payable"), -booked("processor_fees"))
    assert whole.raised == 500 + 4 * 500
    assert figures.counts(now()) == (2, 5), "what was never paid does not count"
    end_read()


@pytest.mark.parametrize("by", ["product", "size", "campaign", "region"])
def test_groups_add_up_to_the_books(lived: Shelf, by: str) -> None:
    found = groups.groups(by, now())
    off = groups.unassigned(now())
    assert off == 200, "the price reduction is on no line"
    books = booked("goods_revenue", "discounts", "refunds") + 100  # and 1.00 of delivery went back
    assert sum(group.net for group in found) - off == books
    assert sum(group.pledges for group in found) == booked("pledge_payable")
    assert sum(group.kept for group in found) == 4
    end_read()


def test_a_margin_is_said_only_where_every_cost_is_known(lived: Shelf) -> None:
    by_size = {group.name: group for group in groups.groups("size", now())}
    medium, small = by_size["M"], by_size["S"]
    assert medium.margin == 2 * 2500 - 2 * 900 - 2 * 500
    assert (small.margin, small.discounts) == (None, 500)
    assert figures.health().on_hand == 10 + 10 + 8
    end_read()


def test_reports_are_read_and_taken_along_by_those_who_may(app: Flask, lived: Shelf) -> None:
    desk = Desk(app, "finance")
    for by in ("day", "product", "size", "campaign", "region", "nonsense"):
        assert "Total" in desk.reads(f"/admin/reports?by={by}&days=7")
    rows = read_csv(desk.get("/admin/reports.csv?by=size&days=7").data)
    assert [(row["size"], row["units"]) for row in rows[:2]] == [("M", "3"), ("S", "2")]
    assert rows[0]["margin_(usd)"] == "22.00"
    assert rows[-1]["margin_(usd)"] == "", "the sum of what is not known is not known"
    nothing = desk.reads("/admin/reports?days=custom&from=2020-01-01&to=2020-01-31")
    assert "Nothing was sold" in nothing
    assert Desk(app, "fulfilment", name="Bo").get("/admin/reports").status_code == 403


def test_the_first_page_shows_work_to_all_and_figures_to_some(app: Flask, lived: Shelf) -> None:
    desk = Desk(app, "manager")
    page = desk.reads("/admin/?days=7&compare=before")
    for words in ("How it goes", "Raised for partners and funds", "Sizes sold out", "$25.00"):
        assert words in page, words
    assert "How it goes" not in Desk(app, "fulfilment", name="Bo").reads("/admin/")
    with statements() as sent:
        desk.reads("/admin/?days=90&compare=year")
    assert len(sent) <= 15, len(sent)
    desk.reads("/admin/?days=custom&from=x&to=2026-13-01&compare=never")


def test_search_finds_what_one_may_see(app: Flask, tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    sold = counter.sells(counter.tees[0])
    counter.takes_money_for(sold)
    owner, packer = Desk(app), Desk(app, "fulfilment", name="Bo")
    assert f'href="/admin/orders/{sold}"' in owner.get("/admin/search?q=robin+v").get_data(as_text=True)
    assert "North Star Tee" in packer.reads("/admin/search?q=lt-nst")
    assert "Polaris" in owner.reads("/admin/search?q=polar")
    assert 'href="/admin/reports"' in main(owner.get("/admin/search?q=report").get_data(as_text=True))
    assert 'href="/admin/reports"' not in main(packer.get("/admin/search?q=report").get_data(as_text=True))
    assert "Nothing is called" in owner.reads("/admin/search?q=%25")
    with statements() as sent:
        owner.reads("/admin/search?q=tee")
    assert len(sent) <= 8


def main(page: str) -> str:
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found is not None
    return found[0]


# Rules


def test_a_period_is_compared_with_as_many_days_before_or_the_same_weekdays_a_year_ago() -> None:
    period = period_of({"days": "7"}, date(2026, 11, 25))
    assert (period.first, len(period.days)) == (date(2026, 11, 19), 7)
    assert period.before is not None
    assert (period.before.first, period.before.last) == (date(2026, 11, 12), date(2026, 11, 18))
    year = period_of({"days": "7", "compare": "year"}, date(2026, 11, 25)).before
    assert year is not None
    assert year.first.weekday() == period.first.weekday()
    assert period_of({"compare": "none"}, date(2026, 11, 25)).before is None
    odd = period_of({"days": "custom", "from": "2026-02-02", "to": "2026-02-01"}, date(2026, 11, 25))
    assert odd.length == "30"


@pytest.mark.parametrize(("most", "round_number"), [(1, 1), (3, 5), (11, 20), (50, 50), (999, 1000)])
def test_a_chart_ends_at_a_round_number(most: int, round_number: int) -> None:
    assert nice(most) == round_number


def test_a_chart_of_one_day_and_of_losses_is_drawn() -> None:
    assert chart([500], [], first="a", last="b").line == "210.0,14.0"
    assert chart([-500, 1000], [], first="a", last="b").line.startswith("8.0,160.0")
