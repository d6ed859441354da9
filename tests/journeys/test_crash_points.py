"""R6: stop the whole program at each point of a sale in turn; after a restart all ends as if nothing had happened.

A point is the moment before or after any commit, and before or after anything that is asked of the processor or the
post. What a point interrupts is lost with everything that was in memory; then the people try again what they were
doing, the worker runs, and the sweep looks at what was left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.core.database import end_read, session, transaction
from shop.journeys import settle_payment as settling
from shop.journeys.check_invariants import broken
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.refund_order import refund_order
from shop.journeys.settle_payment import settle_payment
from shop.journeys.start_checkout import start_checkout
from tests.journeys.end_state import end_state
from tests.journeys.rewinding import Rewinding
from tests.support.factories import Shopper, open_shop
from tests.support.held_clock import HeldClock
from tests.support.till import Postbox, Till

Step = Callable[[], object]


class Crash(BaseException):
    """The power is gone. Nothing that catches errors may survive it."""


@dataclass
class Countdown:
    """Crashes at point `at` (0: never), once; `seen` counts the points that were passed."""

    at: int = 0
    seen: int = 0
    armed: bool = True
    names: list[str] = field(default_factory=list)

    def pass_by(self, name: str) -> None:
        if not self.armed:
            return
        self.seen += 1
        self.names.append(name)
        if self.seen == self.at:
            raise Crash(name)


@dataclass
class WatchedPost(Postbox):
    countdown: Countdown = field(default_factory=Countdown)

    def send(self, message: EmailMessage) -> None:
        self.countdown.pass_by("post:before")
        super().send(message)
        self.countdown.pass_by("post:after")


@contextmanager
def watching_commits(countdown: Countdown) -> Iterator[None]:
    """Both sides of each commit of a write unit."""

    commit = Session.commit

    def watched(current: Session) -> None:
        countdown.pass_by("commit:before")
        commit(current)
        countdown.pass_by("commit:after")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "commit", watched)
        yield


def sale(till: Till, _countdown: Countdown) -> list[Step]:
    """The steps of a sale as its people take them; whoever is interrupted tries the same again."""
    shopper = Shopper(till).puts("TEE-M", 2).gives(500)

    def check_out() -> None:
        shopper.started = start_checkout(shopper.cart, country="US", note="", services=till.services)

    def pay() -> None:
        if till.processor.page_of(shopper.order_id).state == "open":
            shopper.pays()

    def come_back() -> None:
        settle_payment(shopper.session_id, till.services)

    def send() -> None:
        fulfil_order(order_id=shopper.order_id, actor="robin")

    def give_back() -> None:
        refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")

    return [check_out, pay, come_back, till.catches_up, send, till.works, give_back, till.works]


def aftermath(till: Till, countdown: Countdown) -> list[Step]:
    """What becomes of a payment on Stripe's side: part goes back in the dashboard, a bank contests more and wins."""
    shopper, processor = Shopper(till), till.processor

    def buy() -> None:
        countdown.armed = False
        shopper.gives(500).buys("TEE-M", 2)
        countdown.armed = True

    def give_back() -> None:
        processor.gives_back(shopper.session_id, 1_000)

    def contest() -> None:
        processor.is_disputed(shopper.session_id, 2_000)

    def lose() -> None:
        processor.decides(shopper.session_id, won=False)

    hear = till.catches_up
    return [buy, give_back, hear, contest, hear, lose, hear]


def live_through(
    at: int, held_clock: HeldClock, story: Callable[[Till, Countdown], list[Step]] = sale
) -> tuple[Countdown, dict[str, object]]:
    """A whole sale with the power cut at point `at`; what was passed, and how it all ended."""
    countdown = Countdown(at)
    till = Till(post=WatchedPost(countdown=countdown))
    till.processor.watch = countdown.pass_by
    with watching_commits(countdown):
        for step in story(till, countdown):
            try:
                step()
            except Crash:
                restart()
                step()
    countdown.at, countdown.armed = 0, True
    for _ in range(2):  # leases of jobs in hand must run out first
        held_clock.forward(minutes=3)
        till.hears(*till.processor.told())
        till.sweeps()
    ended = end_state(till)
    assert broken() == []
    end_read()
    return countdown, ended


def restart() -> None:
    """All that was in memory is gone; the database is as it was committed."""
    session().close()


@pytest.fixture
def rewinding(app: Flask, held_clock: HeldClock) -> Rewinding:
    open_shop()
    return Rewinding()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_a_sale_that_is_interrupted_anywhere_ends_as_one_that_was_not(
    rewinding: Rewinding, held_clock: HeldClock, every: int
) -> None:
    whole, expected = live_through(0, held_clock)
    assert whole.seen > 40
    different = {}
    for at in range(1, whole.seen + 1, every):
        rewinding.back_to_the_start()
        cut, ended = live_through(at, held_clock)
        if ended != expected:
            different[f"{at} {cut.names[at - 1]}"] = ended
    assert different == {}


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.soak)])
def test_refunds_and_disputes_that_are_interrupted_anywhere_end_as_if_they_were_not(
    rewinding: Rewinding, held_clock: HeldClock, every: int
) -> None:
    whole, expected = live_through(0, held_clock, aftermath)
    assert whole.seen > 20
    different = {}
    for at in range(1, whole.seen + 1, every):
        rewinding.back_to_the_start()
        cut, ended = live_through(at, held_clock, aftermath)
        if ended != expected:
            different[f"{at} {cut.names[at - 1]}"] = ended
    assert different == {}


@pytest.mark.only_on("sqlite")
@pytest.mark.breaks_invariants("a promise is left out on purpose")
def test_the_control_without_the_promise_of_a_letter_the_end_is_another(
    rewinding: Rewinding, held_clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody promised in the same transaction, no sweep can find again."""
    monkeypatch.setattr(settling, "promise", lambda *_args, **_named: True)
    with pytest.raises(AssertionError, match="I11"):
        live_through(0, held_clock)


@pytest.mark.only_on("sqlite")
@pytest.mark.breaks_invariants("the control loses the news on purpose")
def test_the_control_without_the_sweep_some_point_ends_otherwise(
    rewinding: Rewinding, held_clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, expected = live_through(0, held_clock)
    monkeypatch.setattr(Till, "sweeps", lambda _till: None)
    monkeypatch.setattr("tests.journeys.test_crash_points.broken", list)

    def ended_at(point: int) -> dict[str, object]:
        rewinding.back_to_the_start()
        return live_through(point, held_clock)[1]

    assert any(ended_at(point) != expected for point in range(1, whole.seen + 1))


@pytest.mark.only_on("sqlite")
def test_the_control_a_crash_is_really_a_crash(rewinding: Rewinding, held_clock: HeldClock) -> None:
    countdown = Countdown(1)
    with pytest.raises(Crash), watching_commits(countdown), transaction() as current:
        current.execute(text("UPDATE brand SET name = 'Lost'"))
    restart()
    assert session().execute(text("SELECT name FROM brand")).scalar_one() == "Open Door"
