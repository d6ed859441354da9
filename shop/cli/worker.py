"""`worker`: keeps promises, and does what the timetable says, until it is asked to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from shop.core import outbox
from shop.core.config import Settings
from shop.core.database import end_read
from shop.core.outbox import Handler
from shop.media.files import PictureStore

if TYPE_CHECKING:
    from shop.journeys.services import Services

BATCH = 20  # promises between two looks at the timetable and at the wish to stop
IDLE = 0.25  # seconds to wait when there was nothing to do
TROUBLED = 2.0  # seconds to wait when the database did not answer
log = logging.getLogger("shop.worker")


@dataclass
class Errand:
    """Something done every so many seconds, first when the worker starts."""

    name: str
    every: float
    run: Callable[[], None]
    next_at: float = 0.0


def _nothing() -> bool:
    return False


@dataclass
class Worker:
    """Takes turns between the outbox and the timetable; `stop` lets it finish the jobs in hand.

    `pastime` does a piece of work that can wait, when nothing else is due; False when there is none.
    """

    handlers: Mapping[str, Handler]
    timetable: list[Errand]
    pastime: Callable[[], bool] = _nothing
    stopping: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        self.stopping.set()

    def run(self) -> None:
        """Until `stop`; a database that is away for a while is waited for."""
        while not self.stopping.is_set():
            try:
                busy = self.once()
            except Exception:  # a worker that dies of one bad moment keeps no promises
                log.exception("the round failed; trying again in %s s", TROUBLED)
                self.stopping.wait(TROUBLED)
            else:
                if not busy and not self.pastime():
                    self.stopping.wait(IDLE)

    def once(self) -> int:
        """One round: due errands, then a batch of promises; returns how many promises were tried."""
        for errand in self.timetable:
            if errand.next_at <= time.monotonic() and not self.stopping.is_set():
                _run_errand(errand)
        tried = outbox.drain(self.handlers, most=BATCH)
        end_read()
        return tried


def _run_errand(errand: Errand) -> None:
    errand.next_at = time.monotonic() + errand.every
    try:
        errand.run()
    except Exception:  # told, and done again when its time comes
        log.exception("%s failed; it is next done in %s s", errand.name, errand.every)
    finally:
        end_read()


def build(services: Services, settings: Settings) -> Worker:
    """The store's own worker: all its handlers, its timetable, and the pictures it makes when nothing else waits."""
    from shop.journeys.handlers import handlers  # here, because the web server registers this and runs none of it

    return Worker(
        handlers=handlers(services),
        timetable=[
            Errand("reconcile", every=5 * 60, run=lambda: _reconcile(services)),
            Errand("claims", every=60, run=_keep_claims),
            Errand("cards", every=10 * 60, run=lambda: _want_cards(settings)),
            Errand("stock", every=5 * 60, run=_watch_stock),
            Errand("search", every=10 * 60, run=_index_search),
            Errand("links", every=60 * 60, run=_open_links),
            Errand("check", every=60 * 60, run=_check),
            Errand("tidy up", every=60 * 60, run=_tidy_up),
            Errand("helplines", every=24 * 60 * 60, run=lambda: _helplines(services)),
        ],
        pastime=_pictures(settings),
    )


def _pictures(settings: Settings) -> Callable[[], bool]:
    """Photographs just brought come first, then pictures that pages asked for, cards, files for the printer."""
    from shop.media.cards import CardShelf
    from shop.media.photos.shelf import PhotoShelf
    from shop.media.prints import PrintShelf

    store = PictureStore(settings.var / "media")
    shelf = PrintShelf(settings.var / "prints", uploads=settings.var / "uploads")
    photographs, cards = PhotoShelf(settings.var), CardShelf(settings.var / "media" / "cards")
    shelves = (photographs, store, cards, shelf)
    return lambda: any(one.make_wanted() for one in shelves)


def _reconcile(services: Services) -> None:
    """Heal what webhooks never told."""
    from shop.journeys.go_live import note_live
    from shop.journeys.reconcile import reconcile

    note_live(live=services.live)
    report = reconcile(services)
    if report.troubles:
        log.warning("reconcile: %s", report)


def _keep_claims() -> None:
    """What came free goes to orders that wait first; claims that nobody used go to the next in line."""
    from shop.journeys.await_stock import keep_waiting
    from shop.journeys.keep_restock import keep_claims

    keep_waiting()
    keep_claims()


def _want_cards(settings: Settings) -> None:
    """Cards for shared links are there before anybody shares one."""
    from shop.journeys.share_cards import want_cards
    from shop.media.cards import CardShelf

    want_cards(CardShelf(settings.var / "media" / "cards"))


def _watch_stock() -> None:
    """Tell whoever wants to know what ran low, and in the morning what runs low."""
    from shop.journeys.watch_stock import promise_digest, watch_stock

    watch_stock()
    promise_digest()


def _index_search() -> None:
    """Let search know the products that it does not know."""
    from shop.journeys.index_search import index_missing

    index_missing()


def _open_links() -> None:
    """Links of partners that nobody opened for a month."""
    from shop.journeys.keep_partners import open_links

    open_links()


def _check() -> None:
    """Every invariant; one that is broken is an alarm in the log."""
    from shop.journeys.check_invariants import broken

    for finding in broken():
        log.error("invariant broken: %s: %s", finding.name, "; ".join(finding.broken))


def _helplines(services: Services) -> None:
    """Write to staff about helplines that were not checked for long."""
    from shop.journeys.remind_of_helplines import remind_of_helplines

    remind_of_helplines(services)


def _tidy_up() -> None:
    """Remove what is kept for a while only."""
    from shop.journeys.tidy_up import tidy_up

    tidy_up()


@click.command()
@click.option("--once", is_flag=True, help="Keep what is due now, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Keep promises (mails, refunds, Stripe's news) and the timetable, until SIGTERM or Ctrl-C."""
    made = build(current_app.extensions["services"], current_app.extensions["settings"])
    if once:
        while made.once() or made.pastime():
            pass
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: made.stop())
    log.info("ready")
    made.run()
    log.info("stopped, with nothing in hand")
