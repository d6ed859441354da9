"""What customers' banks took back is named in each account of the money, and all of them say what the books say.

Three sales with a discount and tax on top, 7.00 given with each: one as it was, one with a tee given back, one of which
the bank took everything for good; and a gift by itself that a bank contests.
"""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from shop.admin.reads.payouts import unit_accounts
from shop.books.queries import PartyBalance, party_balances
from shop.cart.rules import GiftChoice
from shop.core import codes
from shop.core.database import end_read, transaction
from shop.core.sheets import read_csv
from shop.journeys.refund_order import give_part_back
from shop.journeys.refund_plan import Wish
from shop.journeys.settle_payment import settle_payment
from shop.journeys.start_gift import NewGift, start_gift
from shop.orders.queries import lines_of
from shop.receipts.queries import issued_for
from shop.tax.operations import add_rate, set_policy
from shop.tax.rules import Policy, Rate
from tests.admin.desk import Desk
from tests.support.factories import Shopper, add_offer, open_shop, usd
from tests.support.till import Till


@pytest.fixture
def till(app: Flask) -> Till:
    open_shop()
    with transaction():
        set_policy(Policy("table", inclusive=False))
        add_rate(Rate(0, "DE", "", "", "VAT", 1_900, True, "the tax office", date(2026, 11, 1)))
    add_offer(code="TENTH", basis_points=1_000)
    return Till()


def bought(till: Till) -> Shopper:
    shopper = Shopper(till).puts("TEE-M", 2).gives(700).types("TENTH").checks_out(country="DE").pays().comes_back()
    till.catches_up()
    return shopper


def test_all_accounts_agree_on_discount_tax_return_and_lost_dispute(app: Flask, till: Till) -> None:
    kept, part, lost = bought(till), bought(till), bought(till)
    line = lines_of(part.order_id)[0].id
    end_read()
    give_part_back(order_id=part.order_id, wish=Wish(units={line: 1}), key="back", reason="Torn", actor="kim")
    till.processor.is_disputed(lost.session_id)
    till.catches_up()
    till.processor.decides(lost.session_id, won=False)
    till.catches_up()
    alone = start_gift(NewGift(codes.new_token(), GiftChoice("own", 4_000)), services=till.services)
    page = till.processor.page_of(alone.order_id).id
    till.processor.pays(page)
    settle_payment(page, till.services)
    till.processor.is_disputed(page)
    till.catches_up()
    # By hand. Each sale: 50.00 - 5.00, delivery 15.00, tax 19% of 60.00 = 11.40, gift 7.00: 78.40. Of three sales'
    # six shares of 5.00 one came back, with half of the tax on its sale's tees (8.55), and two went with the bank's
    # 78.40, of which 7.00 were the gift. A bank that takes a payment back leaves its tax owed.
    assert [one.order.sums.total for one in (kept, part, lost)] == [usd(7_840)] * 3
    assert party_balances() == [
        PartyBalance("open-fund", "gifts", usd(1_400), usd(0), taken_back=700 + 4_000),
        PartyBalance("polaris", "pledges", usd(1_500), usd(0), taken_back=1_000),
    ]
    (account,) = unit_accounts()
    assert (account.promised, account.taken_back, account.by_banks, account.owed) == (3_000, 500, 1_000, 1_500)
    assert issued_for(lost.order_id) is None, "nothing of it was kept"
    end_read()

    public = app.test_client().get("/giving").text
    assert "Customers&#39; banks took back $10.00" in public
    assert "Customers&#39; banks took back $47.00" in public
    desk = Desk(app, "finance")
    (row,) = read_csv(desk.get("/admin/payouts/final-accounting.csv").data)
    assert (row["taken_back_by_banks"], row["owed"]) == ("10.00", "15.00")
    day = read_csv(desk.get("/admin/reports.csv?by=day&days=7").data)[-1]
    assert (day["pledges_(usd)"], day["gifts_(usd)"], day["tax_(usd)"]) == ("15.00", "14.00", "29.93")
    for by, name in (("product", "product"), ("size", "size"), ("campaign", "story"), ("region", "region")):
        *_, taken, total = read_csv(desk.get(f"/admin/reports.csv?by={by}&days=7").data)
        assert (taken[name], taken["refunds_(usd)"]) == ("Taken back by customers' banks", day["disputed_(usd)"])
        assert (taken["pledges_(usd)"], total["pledges_(usd)"]) == ("-10.00", "15.00"), by


def test_what_a_bank_gives_back_is_taken_off_nothing(app: Flask, till: Till) -> None:
    won = bought(till)
    till.processor.is_disputed(won.session_id)
    till.catches_up()
    assert "Customers&#39; banks took back $10.00" in app.test_client().get("/giving").text
    assert "1 disputes to answer" in Desk(app, "finance").reads("/admin/")
    till.processor.decides(won.session_id, won=True)
    till.catches_up()
    assert [one.taken_back for one in party_balances()] == [0, 0]
    assert [one.by_banks for one in unit_accounts()] == [0]
    end_read()
    assert "Customers&#39; banks took back" not in app.test_client().get("/giving").text
