"""The page of gifts: a form with a key of its own, nothing chosen beforehand, and nothing typed lost."""

from __future__ import annotations

import re

import pytest

from shop.core.database import transaction
from shop.giving import operations as giving
from shop.giving.models import Fund
from shop.journeys.card_testing import set_gifts_paused
from tests.support.client import SeparateClient
from tests.support.factories import Shelf
from tests.support.shopper import Page, Shopper
from tests.support.till import Till
from tests.support.trap import shown


def _checked(page: Page) -> list[str]:
    inputs = re.findall(r"<input[^>]*>", page.text)
    return [re.findall(r'name="([^"]*)"', one)[0] for one in inputs if re.search(r"\bchecked\b", one)]


def _sends(shopper: Shopper, **form: str) -> Page:
    """Fill in the form that is shown, and send it."""
    key = shopper.looks_at("/donate").page.value_of("key")
    shopper.page = shopper.browser.post("/donate", {"key": key} | shown() | form)
    return shopper.page


def _pays(shopper: Shopper, till: Till) -> Page:
    order_id = next(reversed(till.processor.pages.values())).request.order_id
    page = till.processor.page_of(order_id)
    till.processor.pays(page.id)
    shopper.page = shopper.browser.get(f"/checkout/return?session={page.id}")
    return shopper.looks_at(shopper.page.location).page


@pytest.fixture
def two_funds(shelf: Shelf) -> None:
    with transaction():
        giving.add_fund(slug="night-fund", name="Night Fund", purpose="Safe nights", route="own_fund")


def test_nothing_is_chosen_beforehand(shopper: Shopper, two_funds: None) -> None:
    page = shopper.looks_at("/donate").page
    assert _checked(page) == []
    assert page.headers["cache-control"] == "no-store"
    assert page.value_of("key")


def test_from_the_form_to_the_gift_s_own_page(shopper: Shopper, till: Till) -> None:
    answer = _sends(shopper, gift="2500", cover="1")
    assert (answer.status, answer.location[:16]) == (303, "https://pay.test")
    page = _pays(shopper, till)
    assert page.status == 200
    assert "What you gave" in page.text
    assert "$25.00" in page.text
    assert "Card fee covered" in page.text
    assert "we pack" not in page.text.lower()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "gift"),
        ({"gift": "2501"}, "gift"),
        ({"gift": "none"}, "gift"),
        ({"gift": "own", "own_amount": "4.99"}, "own_amount"),
        ({"own_amount": "<b>5</b>"}, "own_amount"),
        ({"gift": "1000", "fund": ""}, "fund"),
        ({"gift": "1000", "fund": "no-such-fund"}, "fund"),
        ({"gift": "1000", "fund": "split"}, "fund"),
        ({"gift": "1000", "fund": "split", "weight-open-fund": "x"}, "fund"),
        ({"gift": "1000", "fund": "split", "weight-open-fund": "101"}, "fund"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    shopper: Shopper, two_funds: None, till: Till, form: dict[str, str], field: str
) -> None:
    page = _sends(shopper, **({"fund": "open-fund"} | form))
    assert page.status == 422
    assert f'id="{field}-error"' in page.text
    assert f'href="#{field}"' in page.text
    assert "<b>5</b>" not in page.text
    assert till.processor.pages == {}


def test_an_amount_typed_is_enough(shopper: Shopper, till: Till) -> None:
    assert _sends(shopper, own_amount="12.50").status == 303
    (page,) = till.processor.pages.values()
    assert page.total.minor == 1_250


def test_coming_back_unpaid_finds_the_form_as_it_was(shopper: Shopper, two_funds: None, till: Till) -> None:
    form = {"own_amount": "30", "fund": "split", "weight-open-fund": "1", "weight-night-fund": "3", "thank": "1"}
    sent = _sends(shopper, **form)
    (opened,) = till.processor.pages.values()
    back = shopper.looks_at(opened.request.cancel_url.removeprefix("http://shop.test")).page
    assert sorted(_checked(back)) == ["fund", "gift", "thank"]
    assert re.search(r'id="own_amount"[^>]*?value="30.00"', back.text, re.DOTALL)
    assert re.search(r'name="weight-night-fund"[^>]*?value="75"', back.text, re.DOTALL)
    form = {"key": back.value_of("key"), "gift": "own", "own_amount": "30.00", "fund": "split", "thank": "1"}
    again = shopper.browser.post("/donate", form | shown() | {"weight-open-fund": "25", "weight-night-fund": "75"})
    assert again.status == sent.status == 303
    assert [one.state for one in till.processor.pages.values()].count("open") == 1


def test_the_choice_in_the_cart_survives_a_reload(shopper: Shopper, two_funds: None) -> None:
    shopper.puts("tee")
    form = {"gift": "round_up-500", "fund": "night-fund", "cover": "1"}
    assert shopper.browser.post("/cart/gift", form).status == 303
    page = shopper.looks_at("/cart").page
    assert sorted(_checked(page)) == ["cover", "fund", "gift"]
    assert "Round up to $35 (+$5.00)" in page.text
    assert _checked(shopper.looks_at("/cart").page) == _checked(page)


def test_a_word_about_funds_may_be_left_out_where_one_is_needed_most(shopper: Shopper, two_funds: None) -> None:
    with transaction() as current:
        current.query(Fund).filter_by(slug="night-fund").update({"needed_most": True})
    shopper.puts("tee").chooses_gift("1000")
    page = shopper.looks_at("/cart").page
    assert "or else where it is needed most: the Night Fund" in page.text
    assert "You are giving $10.00" in page.text
    assert re.search(r'value="night-fund"[^>]*checked', page.text)


class TestOnTheWayToTheCheckout:
    """Who presses *Checkout* in the cart takes along what stands chosen there."""

    def test_a_gift_that_stands_chosen_is_taken_along(self, shopper: Shopper, shelf: Shelf) -> None:
        shopper.puts("tee")
        answer = shopper.browser.post("/cart/gift", {"gift": "1000", "checkout": "1"})
        assert (answer.status, answer.location) == (303, "/checkout")
        assert "You are giving $10.00" in shopper.looks_at("/cart").page.text

    def test_nobody_has_to_choose(self, shopper: Shopper, shelf: Shelf) -> None:
        shopper.puts("tee")
        answer = shopper.browser.post("/cart/gift", {"own_amount": "", "checkout": "1"})
        assert (answer.status, answer.location) == (303, "/checkout")
        assert _checked(shopper.looks_at("/cart").page) == []

    def test_half_a_choice_is_told_beside_its_field(self, shopper: Shopper, two_funds: None) -> None:
        shopper.puts("tee")
        answer = shopper.browser.post("/cart/gift", {"gift": "own", "own_amount": "abc", "checkout": "1"})
        assert answer.status == 422
        answer = shopper.browser.post("/cart/gift", {"fund": "night-fund", "checkout": "1"})
        assert answer.status == 422
        assert 'id="gift-error"' in answer.text


def test_a_store_without_a_lawful_fund_says_so(shopper: Shopper, shelf: Shelf) -> None:
    with transaction() as current:
        current.query(Fund).update({"route": "link_out"})
    page = shopper.looks_at("/donate").page
    assert page.status == 200
    assert "cannot take gifts just now" in page.text
    assert "<form" not in page.text[page.text.index("<main") : page.text.index("</main")]


def test_the_receipt_is_a_page_and_a_paper(shopper: Shopper, till: Till, client: SeparateClient) -> None:
    _sends(shopper, gift="2500")
    _pays(shopper, till)
    (opened,) = till.processor.pages.values()
    token = opened.request.cancel_url.partition("again=")[2]
    own = shopper.looks_at(f"/orders/{token}").page
    assert f"/orders/{token}/receipt" in own.text
    page = shopper.looks_at(f"/orders/{token}/receipt").page
    assert "G-" in page.text
    assert "$25.00" in page.text
    assert page.headers["cache-control"] == "no-store"
    paper = client.get(f"/orders/{token}/receipt.pdf")
    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF-")
    sent = shopper.browser.post(f"/orders/{token}/statement", {})
    assert "on their way to you by mail" in shopper.looks_at(sent.location).page.text


def test_goods_alone_have_no_receipt_for_a_gift(shopper: Shopper, till: Till) -> None:
    shopper.puts("tee").checks_out()
    order_id = next(iter(till.processor.pages.values())).request.order_id
    till.processor.pays(till.processor.page_of(order_id).id)
    page = shopper.browser.get(f"/checkout/return?session={till.processor.page_of(order_id).id}")
    assert shopper.browser.get(f"{page.location}/receipt").status == 404


@pytest.mark.parametrize("robot", [{"shown": ""}, {"shown": "forged"}, {"website": "http://spam.test"}])
def test_what_a_robot_sends_opens_no_payment_page(shopper: Shopper, till: Till, robot: dict[str, str]) -> None:
    page = _sends(shopper, gift="2500", **robot)
    assert page.status == 422
    assert "press the button once more" in page.text
    assert till.processor.pages == {}


def test_whoever_is_quicker_than_anybody_reads_presses_once_more(shopper: Shopper, till: Till) -> None:
    assert _sends(shopper, gift="2500", **shown(1)).status == 422
    assert _sends(shopper, gift="2500", **shown(3)).status == 303


def test_paused_gifts_are_told_kindly_and_can_be_taken_again(shopper: Shopper, till: Till) -> None:
    set_gifts_paused(True, actor="Ada")
    page = _sends(shopper, gift="2500")
    assert page.status == 409
    assert "not taking gifts by themselves for a short while" in page.text
    assert shopper.puts("tee").gives(500).checks_out().at_payment
    set_gifts_paused(False, actor="Ada")
    assert _sends(shopper, gift="2500").status == 303
