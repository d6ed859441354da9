"""R5, R6: kill -9 at every step of a sale. After a restart and one sweep all is as if nothing had happened."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support import backstage
from tests.support.backstage import End
from tests.support.servers import RunningStore
from tests.support.shopper import Crowd, Shopper

CRASHING = "tests.support.crashing_store"
# Told apart by what was reached: before and after holding, asking Stripe, keeping the page, hearing, settling, mailing.
MOST_MOMENTS = 110


@dataclass
class Sale:
    """One tee with a gift, from the shelf to the mail, by a visitor who tries again when a page does not come."""

    store: RunningStore
    crowd: Crowd
    environ: dict[str, str]
    moments: Path
    revived: int = 0

    def happens(self) -> End:
        self.store.standin.hook("webhooks", mode="hold")
        backstage.serve(self.store, CRASHING, **self.environ)
        visitor = self.crowd.comes()
        self._tries(lambda: visitor.puts("tee", quantity=2).gives(500))
        session_id = self._pressing(visitor)
        self.store.standin.pay(session_id)
        self.store.standin.hook("webhooks/flush")
        self._revives_if_dead()
        self.store.standin.hook("webhooks/flush")  # Stripe tries again what was not taken
        self._tries(lambda: visitor.comes_back(session_id))
        assert visitor.page.status == 303, visitor.page
        for _ in range(2):
            if backstage.work(self.store, CRASHING, **self.environ) != 0:
                self.revived += 1
        self._revives_if_dead()
        backstage.let_time_pass(self.store)
        assert backstage.sweeps(self.store).troubles == []
        backstage.works(self.store)
        return backstage.end_of(self.store)

    def _pressing(self, visitor: Shopper) -> str:
        self._tries(lambda: visitor.checks_out(version=""))
        if not visitor.at_payment:  # whoever came back first may have to ask again, and is told so
            assert visitor.page.status in (409, 503), visitor.page
            backstage.let_time_pass(self.store)
            self._tries(lambda: visitor.checks_out(version=""))
        return visitor.session_id

    def _tries(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError:
            self._revives_if_dead()
            act()

    def _revives_if_dead(self) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.store.web.wait(timeout=0.3)
        if self.store.web.poll() is not None:
            self.revived += 1
            backstage.serve(self.store, CRASHING, **self.environ)


def _sale(store: RunningStore, crowd: Crowd, folder: Path, *, crash_at: int) -> Sale:
    moments = folder / f"moments-{crash_at}"
    return Sale(store, crowd, {"CRASH_LOG": str(moments), "CRASH_AT": str(crash_at)}, moments)


UNDISTURBED = End(
    orders=(("paid", 1),),
    payments=(6000,),
    stock=((10, 0, 0, 0), (10, 0, 2, 0), (10, 0, 0, 0)),
    balances=(
        ("delivery_revenue", "", -500),
        ("donations_payable", "open-fund", -500),
        ("goods_revenue", "", -5000),
        ("pledge_expense", "polaris", 1000),
        ("pledge_payable", "polaris", -1000),
        ("processor_clearing", "", 5796),
        ("processor_fees", "", 204),
    ),
    letters=(("order_confirmation", "sent", 1),),
    unfinished=0,
    charges=1,
    mails=1,
)


@pytest.mark.soak
def test_an_undisturbed_sale_ends_as_it_should(store: RunningStore, crowd: Crowd, tmp_path: Path) -> None:
    sale = _sale(store, crowd, tmp_path, crash_at=0)
    assert sale.happens() == UNDISTURBED
    passed = sale.moments.read_text().split("\n")
    assert {"before open_session", "after open_session", "before letter", "after letter"} <= set(passed)
    assert 20 <= len(passed) <= MOST_MOMENTS


def _when(at: int) -> pytest.MarkDecorator:
    """Every twelfth moment in each long run, all of them at night."""
    return pytest.mark.soak if at % 12 == 2 else pytest.mark.night


@pytest.mark.parametrize("crash_at", [pytest.param(at, marks=_when(at)) for at in range(1, MOST_MOMENTS)])
def test_killed_at_any_moment_it_ends_as_if_nothing_had_happened(
    store: RunningStore, crowd: Crowd, tmp_path: Path, crash_at: int
) -> None:
    sale = _sale(store, crowd, tmp_path, crash_at=crash_at)
    end = sale.happens()
    passed = sale.moments.read_text().splitlines()
    if len(passed) < crash_at:
        assert sale.revived == 0
        pytest.skip(f"a sale has only {len(passed)} such moments")
    assert sale.revived == 1, "it should have died once"
    assert end == UNDISTURBED, f"killed at moment {crash_at}, {passed[crash_at - 1]}"


@dataclass
class Heard:
    """What visitors were told: the ids of payment pages they were sent to and of orders they were shown as paid."""

    pages: list[str] = field(default_factory=list)
    thanked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def _shop_until(stop: threading.Event, visitor: Callable[[], Shopper], store: RunningStore, heard: Heard) -> None:
    while not stop.is_set():
        one = visitor()
        with suppress(OSError, AssertionError):  # the store died in the middle; this one gives up, as people do
            if not one.puts("tee", size="L").checks_out(version="").at_payment:
                continue
            session_id = one.session_id
            with heard.lock:
                heard.pages.append(session_id)
            one.pays(store.standin)
            one.comes_back(session_id)
            if "Thank you" in one.looks_at(one.page.location).page.text:
                with heard.lock:
                    heard.thanked.append(session_id)


@pytest.mark.parametrize("rounds", [pytest.param(2, marks=pytest.mark.soak), pytest.param(25, marks=pytest.mark.night)])
def test_killed_again_and_again_while_people_buy_nothing_acknowledged_is_lost(
    store: RunningStore, crowd: Crowd, rounds: int
) -> None:
    with backstage.inside(store):
        from shop.journeys.keep_stock import receive_stock

        receive_stock(variant_id=3, quantity=5_000, reason="race", actor="robin")
    heard, chance = Heard(), random.Random(rounds)
    for _ in range(rounds):
        _one_round(store, crowd, heard, chance)
    _heal(store)
    paid = {row[0] for row in backstage.rows(store, _PAID)}
    open_pages = {row[0] for row in backstage.rows(store, "SELECT id FROM checkout_sessions WHERE state = 'open'")}
    assert heard.thanked
    assert set(heard.thanked) <= paid, "an order that somebody was thanked for is lost"
    assert set(heard.pages) <= paid | open_pages, "a page that somebody was sent to belongs to no order"
    end = backstage.end_of(store)
    assert end.charges == len(paid) == len(end.payments), "one charge for each order, and one order for each charge"
    assert end.mails == len(paid)
    assert end.unfinished == 0
    print(f"\n{rounds} rounds: {len(paid)} paid, {len(heard.thanked)} thanked, {len(heard.pages)} sent to pay")  # noqa: T201


_PAID = "SELECT s.id FROM checkout_sessions s JOIN orders o ON o.id = s.order_id WHERE o.paid_at IS NOT NULL"


def _one_round(store: RunningStore, crowd: Crowd, heard: Heard, chance: random.Random) -> None:
    worker, stop = backstage.start_worker(store), threading.Event()
    people = [
        threading.Thread(target=_shop_until, args=(stop, crowd.comes, store, heard), daemon=True) for _ in range(4)
    ]
    for one in people:
        one.start()
    time.sleep(chance.uniform(1.5, 4.0))
    for process in chance.sample([store.web, worker], 2):
        backstage.kill(process)
        time.sleep(chance.uniform(0, 0.3))
    stop.set()
    for one in people:
        one.join(timeout=120)
    backstage.serve(store)


def _heal(store: RunningStore) -> None:
    """A restart, what Stripe tries again, one sweep and the worker's next round."""
    store.standin.hook("webhooks/flush")
    backstage.let_time_pass(store)
    backstage.works(store)
    assert backstage.sweeps(store).troubles == []
    backstage.works(store)
