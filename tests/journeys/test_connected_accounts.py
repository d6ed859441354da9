"""A partner's own account: how it stands is known and told, and no gift takes that way however ready it is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shop.cart.rules import GiftChoice
from shop.core import codes
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.giving import operations as giving
from shop.giving.queries import accounts_of_funds, gift_funds, setup
from shop.giving.routes import CONNECTED, verdict
from shop.giving.rules import FundCard, FundShare, Wish
from shop.journeys.keep_giving import connect_account, make_fund
from shop.journeys.start_gift import NewGift, NoGifts, start_gift
from shop.payments.connect import AccountReport
from shop.payments.reports import EventReport
from tests.support.factories import Shelf, usd
from tests.support.till import Till

ACCOUNT = AccountReport("acct_partner1", "US", False, ("external_account",))


def connected(till: Till) -> int:
    fund_id = make_fund(slug="theirs", name="Their Fund", purpose="Their work", route=CONNECTED, actor="Ada")
    till.processor.accounts[ACCOUNT.id] = ACCOUNT
    connect_account(fund_id=fund_id, account_id=ACCOUNT.id, services=till.services, actor="Ada")
    return fund_id


def told(fund_id: int) -> str:
    account = accounts_of_funds().get(fund_id)
    said = verdict(CONNECTED, purpose="x", operator=setup().operator, account=account)
    end_read()
    assert not said.lawful
    return said.why


def test_what_stripe_still_asks_for_is_told_and_follows_its_news(till: Till, shelf: Shelf) -> None:
    fund_id = connected(till)
    assert "Stripe still asks for external_account" in told(fund_id)
    till.processor.accounts[ACCOUNT.id] = replace(ACCOUNT, ready=True, due=())
    news = {"id": "evt_1", "type": "account.updated", "data": {"object": {"id": ACCOUNT.id}}}
    till.hears(EventReport("evt_1", "account.updated", ACCOUNT.id, news))
    till.works()
    assert "is ready at Stripe. The partner is the merchant" in told(fund_id)
    assert "not built yet" in told(fund_id)


@pytest.mark.parametrize("ready", [False, True])
def test_nobody_gives_to_it_by_any_way(till: Till, shelf: Shelf, ready: bool) -> None:
    fund_id = connected(till)
    till.processor.accounts[ACCOUNT.id] = replace(ACCOUNT, ready=ready)
    connect_account(fund_id=fund_id, account_id=ACCOUNT.id, services=till.services, actor="Ada")
    assert fund_id not in [fund.id for fund in gift_funds()]
    end_read()
    with pytest.raises(NoGifts):
        start_gift(NewGift(codes.new_token(), GiftChoice("own", 1_000, ((fund_id, 1),))), services=till.services)
    share = FundShare(FundCard(fund_id, "theirs", "Their Fund", "Their work"), usd(1_000))
    end_read()
    with pytest.raises(giving.RouteNotAllowed), transaction():
        giving.record_gift(order_id="none", shares=[share], origin="own", wish=Wish())


def test_only_accounts_that_stripe_knows_are_connected_and_only_on_that_route(till: Till, shelf: Shelf) -> None:
    fund_id = connected(till)
    for wrong in ("", "cus_1", "acct_unknown"):
        with pytest.raises(Invalid):
            connect_account(fund_id=fund_id, account_id=wrong, services=till.services, actor="Ada")
    with pytest.raises(Invalid):
        connect_account(fund_id=shelf.fund_id, account_id=ACCOUNT.id, services=till.services, actor="Ada")
