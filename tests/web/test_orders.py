"""An order's own page, and the way back to a lost one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from shop.core.database import end_read, session
from shop.core.errors import Conflict
from shop.core.outbox import Job
from shop.journeys.close_order import close_order
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.refund_order import give_part_back, refund_order
from shop.journeys.refund_plan import Wish
from shop.parcels.queries import holds_on
from tests.support.client import SeparateClient
from tests.support.factories import Shelf
from tests.support.factories import Shopper as Buyer
from tests.support.shopper import Page, Shopper
from tests.support.till import Till


def _shares(page: Page) -> list[tuple[str, str]]:
    """(amount, how far it has come) of each share."""
    found = re.findall(r'share-row__amount">([^<]+)<.*?share-row__status">([^<]+)<', page.text, re.DOTALL)
    return [(amount.strip(), state.strip()) for amount, state in found]


def _page_of(visitor: Shopper, buyer: Buyer) -> Page:
    return visitor.looks_at(f"/orders/{buyer.order.token}").page


@pytest.fixture
def buyer(shelf: Shelf, till: Till) -> Buyer:
    """Somebody with two tees and a gift, on the way to pay."""
    return Buyer(till).puts("TEE-M", 2).gives(500).checks_out(note="Ring <b>twice</b>")


class TestEveryState:
    def test_waiting_for_the_payment_offers_to_go_on(self, shopper: Shopper, buyer: Buyer) -> None:
        page = _page_of(shopper, buyer)
        assert page.status == 200
        assert "Waiting for your payment" in page.text
        assert 'href="https://pay.test/' in page.text
        assert "Counts once paid" in page.text

    def test_paid(self, shopper: Shopper, buyer: Buyer, till: Till) -> None:
        buyer.pays().comes_back()
        page = _page_of(shopper, buyer)
        assert "Thank you" in page.text
        assert buyer.order.number in page.text
        assert "$10.00" in page.text  # the pledge of two tees
        assert "In our books, owed" in page.text
        assert "1 Example Street" in page.text
        assert "pay.test" not in page.text

    def test_a_slow_payment_under_way_offers_no_second_one(self, shopper: Shopper, buyer: Buyer) -> None:
        buyer.pays_slowly().comes_back()
        page = _page_of(shopper, buyer)
        assert "Waiting for your payment" in page.text
        assert "pay.test" not in page.text

    def test_sent(self, shopper: Shopper, buyer: Buyer) -> None:
        buyer.pays().comes_back()
        fulfil_order(order_id=buyer.order_id, actor="robin")
        assert "On its way" in _page_of(shopper, buyer).text

    def test_cancelled(self, shopper: Shopper, buyer: Buyer, till: Till) -> None:
        close_order(buyer.order_id, reason="customer", services=till.services)
        page = _page_of(shopper, buyer)
        assert "This order is cancelled" in page.text
        assert "pay.test" not in page.text

    def test_given_back(self, shopper: Shopper, buyer: Buyer, till: Till) -> None:
        buyer.pays().comes_back()
        refund_order(order_id=buyer.order_id, reason="Wrong size", actor="robin")
        till.works()
        page = _page_of(shopper, buyer)
        assert "Money back" in page.text
        assert "five to ten working days" in page.text


class TestWhatIsLeftOfEachShare:
    def test_a_gift_that_went_back_in_part_is_told_as_what_stays(
        self, shopper: Shopper, buyer: Buyer, till: Till
    ) -> None:
        buyer.pays().comes_back()
        give_part_back(order_id=buyer.order_id, wish=Wish(gift=200), key="k", reason="Asked", actor="robin")
        assert _shares(_page_of(shopper, buyer)) == [("$10.00", "In our books, owed"), ("$3.00", "In our books, owed")]
        give_part_back(order_id=buyer.order_id, wish=Wish(gift=300), key="l", reason="Asked", actor="robin")
        assert _shares(_page_of(shopper, buyer))[1] == ("$5.00", "Given back")

    @pytest.mark.parametrize(("won", "after"), [(True, "In our books, owed"), (False, "Taken back by your bank")])
    def test_what_a_bank_has_is_not_called_owed(
        self, shopper: Shopper, buyer: Buyer, till: Till, won: bool, after: str
    ) -> None:
        """Nothing of it leaves meanwhile, and what is meant for staff is not on the page."""
        buyer.pays().comes_back()
        till.catches_up()
        till.processor.is_disputed(buyer.session_id)
        till.catches_up()
        page = _page_of(shopper, buyer)
        assert [state for _amount, state in _shares(page)] == ["With your bank", "With your bank"]
        assert "Your bank asked for this payment back" in page.text
        assert "fraudulent" not in page.text
        with pytest.raises(Conflict, match="on hold"):
            fulfil_order(order_id=buyer.order_id, actor="robin")
        till.processor.decides(buyer.session_id, won=won)
        till.catches_up()
        assert [state for _amount, state in _shares(_page_of(shopper, buyer))] == [after, after]
        assert bool(holds_on([buyer.order_id])) is not won


def test_is_for_one_person_only(shopper: Shopper, buyer: Buyer) -> None:
    headers = _page_of(shopper, buyer).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["referrer-policy"] == "no-referrer"


def test_what_the_buyer_wrote_is_shown_as_text(shopper: Shopper, buyer: Buyer) -> None:
    text = _page_of(shopper, buyer).text
    assert "Ring &lt;b&gt;twice&lt;/b&gt;" in text
    assert "<b>twice" not in text


@pytest.mark.parametrize("token", ["x", "a" * 22, "%00", "é", "A" * 3_000, "find%0a", "..%2f..%2fetc"])
def test_a_token_that_opens_nothing_is_not_found(shopper: Shopper, buyer: Buyer, token: str) -> None:
    assert shopper.looks_at(f"/orders/{token}").page.status in (404, 400)


def test_a_number_opens_nothing(shopper: Shopper, buyer: Buyer) -> None:
    assert shopper.looks_at(f"/orders/{buyer.order.number}").page.status == 404
    assert shopper.looks_at(f"/orders/{buyer.order_id}").page.status == 404


class TestLostPages:
    def _asked(self, client: SeparateClient, email: str) -> tuple[int, str]:
        answer = client.post("/orders/find", data={"email": email})
        return answer.status_code, re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))

    def test_the_answer_is_the_same_for_a_hit_and_a_miss(self, client: SeparateClient, buyer: Buyer) -> None:
        buyer.pays(email="robin@example.org").comes_back()
        hit, miss = self._asked(client, "robin@example.org"), self._asked(client, "nobody@example.org")
        assert hit == miss
        assert hit[0] == 200
        assert "Look in your mail" in hit[1]

    def test_one_mail_however_often_it_is_asked(self, client: SeparateClient, buyer: Buyer, till: Till) -> None:
        buyer.pays(email="robin@example.org").comes_back()
        till.catches_up()
        for spelling in ("robin@example.org", "Robin@Example.org", " robin@example.org "):
            assert self._asked(client, spelling)[0] == 200
        till.works()
        assert till.post.subjects.count("Your order pages") == 1
        letter = next(one for one in till.post.letters if one["Subject"] == "Your order pages")
        body = letter.get_body(("plain",))
        assert body is not None
        assert buyer.order.token in body.get_content()

    def test_a_stranger_gets_none(self, client: SeparateClient, buyer: Buyer, till: Till) -> None:
        buyer.pays(email="robin@example.org").comes_back()
        till.catches_up()
        self._asked(client, "nobody@example.org")
        till.works()
        assert "Your order pages" not in till.post.subjects

    @pytest.mark.parametrize(
        "email",
        ["", "robin", "@", "a@b", "robin@example.org\nBcc: x@y.org", "x" * 300 + "@example.org", "a b@example.org"],
    )
    def test_what_is_no_address_is_told_beside_the_field(
        self, client: SeparateClient, shelf: Shelf, email: str
    ) -> None:
        answer = client.post("/orders/find", data={"email": email})
        assert answer.status_code == 422
        assert 'id="email-error"' in answer.get_data(as_text=True)
        promised = session().execute(select(func.count()).select_from(Job)).scalar_one()
        end_read()
        assert promised == 0

    def test_is_not_cached_nor_indexed(self, shopper: Shopper) -> None:
        headers = shopper.looks_at("/orders/find").page.headers
        assert (headers["cache-control"], headers["x-robots-tag"]) == ("no-store", "noindex")
