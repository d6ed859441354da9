"""What happens by itself when its moment comes: sessions expire, delayed money settles, balances clear."""

import logging
import threading
from collections.abc import Callable, Mapping

from shop.stripe_standin.billing.cycles import RENEW, RETRY, ask_card, renew
from shop.stripe_standin.checkout.ending import expire_when_open, money_arrived, money_failed
from shop.stripe_standin.checkout.payer import ARRIVES, FAILS
from shop.stripe_standin.idempotency import forget_old
from shop.stripe_standin.objects.balance import become_available
from shop.stripe_standin.world import World

ACTIONS: Mapping[str, Callable[[World, str], None]] = {
    "expire": expire_when_open,
    ARRIVES: money_arrived,
    FAILS: money_failed,
    "become_available": become_available,
    RENEW: renew,
    RETRY: ask_card,
}
EVERY = 0.5
FORGET_EVERY = 1_200
"""Ticks between two clearings of old idempotency keys: ten minutes."""

DUE = "SELECT object_id, action FROM due WHERE at <= ? ORDER BY at, rowid LIMIT 200"

log = logging.getLogger(__name__)


def do_what_is_due(world: World) -> int:
    """Do everything whose moment has come, oldest first; returns how much there was."""
    done = 0
    while world.store.rows(DUE, (world.clock.exact(),)):
        with world.store.writing():
            rows = world.store.rows(DUE, (world.clock.exact(),))
            for row in rows:
                # Taken off first: an action may itself make something due.
                world.store.run("DELETE FROM due WHERE object_id = ? AND action = ?", tuple(row))
                ACTIONS[row["action"]](world, row["object_id"])
        done += len(rows)
    if done:
        world.tell()
    return done


def start_ticker(world: World) -> threading.Thread:
    """Look twice a second, in a thread of its own, until the world stops."""
    thread = threading.Thread(target=_run, args=(world,), name="standin-ticker", daemon=True)
    thread.start()
    return thread


def _run(world: World) -> None:
    ticks = 0
    while not world.stopping.wait(EVERY):
        ticks += 1
        try:
            do_what_is_due(world)
            if ticks % FORGET_EVERY == 0:
                with world.store.writing():
                    forget_old(world.store, now=world.clock.exact())
        except Exception:
            log.exception("The ticker met a fault and goes on.")
