"""R8, R9: what can go wrong between the store and Stripe, over real HTTP: one charge and one order all the same."""

from __future__ import annotations

import pytest

from tests.support import backstage
from tests.support.servers import RunningStore
from tests.support.shopper import Crowd, Shopper

pytestmark = pytest.mark.soak
ONCE = ("reset_after", "error_after", "error_before", "rate_limit", "reset_before")
ALWAYS = 20  # more than anybody tries
THREE_DAYS = 3 * 24 * 3600


def _assert_one_sale(store: RunningStore) -> None:
    end = backstage.end_of(store)
    assert dict(end.orders) == {"paid": 1}
    assert (len(end.payments), end.charges, end.mails) == (1, 1, 1)
    # A 500 that Stripe has kept for a key comes again for a day, so closing a page that nobody saw stays promised.
    left = backstage.rows(store, "SELECT DISTINCT kind FROM outbox_jobs WHERE state <> 'done'")
    assert left in ([], [("close_page",)])
    assert end.stock[1] == (10, 0, 1, 0)


def _pays_and_returns(store: RunningStore, visitor: Shopper) -> None:
    visitor.pays(store.standin).comes_back()
    assert visitor.page.status == 303
    for _ in range(2):
        backstage.let_time_pass(store)
        backstage.works(store)


@pytest.mark.parametrize("kind", ONCE)
def test_one_fault_while_the_page_is_opened_is_not_even_noticed(store: RunningStore, crowd: Crowd, kind: str) -> None:
    visitor = crowd.comes().puts("tee")
    store.standin.hook("faults", kind=kind, method="POST", path="/v1/checkout/sessions")
    visitor.checks_out(version="")
    if kind in ("error_after", "rate_limit"):  # an answer that the library takes for one: the visitor is told
        assert visitor.page.status == 503
        visitor.checks_out(version="")
    _pays_and_returns(store, visitor)
    _assert_one_sale(store)


def test_an_answer_that_never_came_is_asked_for_again(store: RunningStore, crowd: Crowd) -> None:
    visitor = crowd.comes().puts("tee")
    store.standin.hook("faults", kind="timeout_after", method="POST", path="/v1/checkout/sessions", delay=12.0)
    visitor.checks_out(version="")
    assert visitor.at_payment
    _pays_and_returns(store, visitor)
    _assert_one_sale(store)


@pytest.mark.parametrize("kind", ["reset_before", "error_before"])
def test_while_stripe_is_away_nothing_is_held_and_afterwards_all_is_well(
    store: RunningStore, crowd: Crowd, kind: str
) -> None:
    visitor = crowd.comes().puts("tee")
    store.standin.hook("faults", kind=kind, path="/v1/", count=ALWAYS)
    visitor.checks_out(version="")
    assert visitor.page.status == 503
    assert "nothing was ordered" in visitor.page.text
    assert backstage.rows(store, "SELECT SUM(held) FROM stock_levels") == [(0,)]
    store.standin.hook("faults/clear")
    visitor.checks_out(version="")
    _pays_and_returns(store, visitor)
    _assert_one_sale(store)


@pytest.mark.parametrize("kind", ["reset_after", "error_before", "rate_limit"])
def test_faults_while_settling_charges_nobody_twice(store: RunningStore, crowd: Crowd, kind: str) -> None:
    visitor = crowd.comes().puts("tee").checks_out(version="")
    session_id = visitor.session_id
    store.standin.hook("webhooks", mode="hold")
    store.standin.pay(session_id)
    store.standin.hook("faults", kind=kind, method="GET", path="/v1/checkout/sessions", count=ALWAYS)
    visitor.comes_back(session_id)
    assert "Waiting for your payment" in visitor.looks_at(visitor.page.location).page.text
    store.standin.hook("faults/clear")
    store.standin.hook("webhooks/flush")
    backstage.works(store)
    backstage.let_time_pass(store)
    backstage.works(store)
    _assert_one_sale(store)


def test_news_that_never_came_is_found_by_the_sweep(store: RunningStore, crowd: Crowd) -> None:
    """Nobody came back and every webhook of three days was lost."""
    visitor = crowd.comes().puts("tee").checks_out(version="")
    store.standin.hook("webhooks", mode="drop")
    visitor.pays(store.standin)
    store.standin.hook("clock", advance=THREE_DAYS)
    backstage.works(store)  # its timetable begins with a sweep
    _assert_one_sale(store)


def test_by_command_the_sweep_heals_as_well(store: RunningStore, crowd: Crowd) -> None:
    visitor = crowd.comes().puts("tee").checks_out(version="")
    store.standin.hook("webhooks", mode="drop")
    visitor.pays(store.standin)
    told = store.flask("reconcile")
    assert told.returncode == 0, told.stderr
    assert dict(backstage.end_of(store).orders) == {"paid": 1}


def test_news_sent_twice_and_shuffled_ends_in_the_same(store: RunningStore, crowd: Crowd) -> None:
    store.standin.hook("webhooks", mode="hold")
    people = [crowd.comes().puts("tee").checks_out(version="") for _ in range(4)]
    for one in people:
        one.pays(store.standin)
    for seed in range(3):
        store.standin.hook("webhooks/flush", order="shuffled", seed=seed)
    _send_again(store)
    backstage.works(store)
    end = backstage.end_of(store)
    assert dict(end.orders) == {"paid": 4}
    assert (len(end.payments), end.charges, end.mails, end.unfinished) == (4, 4, 4, 0)
    assert end.stock[1] == (10, 0, 4, 0)


def _send_again(store: RunningStore) -> None:
    """Everything that was delivered, delivered once more, the last first."""
    world = store.standin.world
    with world.store.writing():
        world.store.run("UPDATE delivery SET state = 'held'")
    results = store.standin.hook("webhooks/flush", order="reversed")["results"]
    assert {one["status"] for one in results} == {200}
