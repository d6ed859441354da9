"""Deliver events to the webhook address: signed, in the background, tried again until it is taken."""

import http.client
import json
import logging
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from shop.stripe_standin.events import shown
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.signing import signature_header
from shop.stripe_standin.world import World

SENDERS = 4
"""Deliveries under way at once: one slow answer does not hold up the rest, and order is not promised."""
TIMEOUT = 10.0
LONGEST_PAUSE = 60.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """One event on its way to the one webhook address."""

    id: int
    event_id: str
    attempts: int


@dataclass(frozen=True)
class Outcome:
    """What came of one try: an HTTP status, or an error without one."""

    status: int | None
    error: str | None

    @property
    def taken(self) -> bool:
        """Whether the webhook answered 2xx."""
        return self.status is not None and 200 <= self.status < 300


def pause_after(attempts: int) -> float:
    """Seconds until the next try: 1, 2, 4, 8 ... and never more than 60."""
    return float(min(2 ** max(attempts - 1, 0), LONGEST_PAUSE))


def start_senders(world: World) -> list[threading.Thread]:
    """Take up what was left under way by an earlier run, and start sending."""
    with world.store.writing():
        world.store.run("UPDATE delivery SET state = 'pending' WHERE state = 'sending'")
    if world.settings.webhook_url is None:
        return []
    threads = [
        threading.Thread(target=_run, args=(world,), name=f"standin-webhooks-{n}", daemon=True) for n in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    return threads


def _run(world: World) -> None:
    while not world.stopping.is_set():
        try:
            delivery = claim_due(world)
            if delivery is not None:
                deliver(world, delivery)
                continue
        except Exception:
            log.exception("A webhook sender met a fault and goes on.")
        with world.news:
            world.news.wait(timeout=0.5)


def claim_due(world: World) -> Delivery | None:
    """Take the next delivery whose moment has come; None when there is none."""
    due = "SELECT id FROM delivery WHERE state = 'pending' AND next_at <= ? ORDER BY next_at, id LIMIT 1"
    if not world.store.rows(due, (world.clock.exact(),)):
        return None
    with world.store.writing():
        rows = world.store.rows(due, (world.clock.exact(),))
        return claim(world, rows[0]["id"]) if rows else None


def claim(world: World, delivery_id: int) -> Delivery | None:
    """Mark one as being sent, unless another sender has it. Needs a transaction."""
    taken = world.store.run("UPDATE delivery SET state = 'sending' WHERE id = ? AND state <> 'sending'", (delivery_id,))
    row = world.store.rows("SELECT * FROM delivery WHERE id = ?", (delivery_id,))[0]
    return Delivery(id=row["id"], event_id=row["event_id"], attempts=row["attempts"]) if taken else None


def deliver(world: World, delivery: Delivery) -> Outcome:
    """Send one claimed delivery and record what came of it."""
    found = world.store.find(delivery.event_id, kind="event")
    if found is None:
        raise LookupError(delivery.event_id)
    outcome = _post(world, shown(world.store, found.body))
    now = world.clock.exact()
    with world.store.writing():
        world.store.run(
            "UPDATE delivery SET attempts = attempts + 1, last_status = ?, last_error = ?, next_at = ?, state = CASE"
            " WHEN ? THEN 'delivered' WHEN give_up_at <= ? THEN 'failed' ELSE 'pending' END WHERE id = ?",
            (
                outcome.status,
                outcome.error,
                now + pause_after(delivery.attempts + 1),
                outcome.taken,
                now,
                delivery.id,
            ),
        )
    world.tell()
    return outcome


def _post(world: World, event: Json) -> Outcome:
    target = urlsplit(world.settings.webhook_url or "")
    payload = json.dumps(event, indent=2)
    # Signed with the real time: the receiver compares it with its own clock, which no test hook moves.
    signature = signature_header(payload, secret=world.settings.webhook_secret, timestamp=int(time.time()))
    kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
    connection = kind(target.hostname or "", target.port, timeout=TIMEOUT)
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    try:
        connection.request(
            "POST",
            path,
            body=payload.encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Stripe-Signature": signature,
                "User-Agent": "Stripe/1.0 (stand-in)",
                "Connection": "close",
            },
        )
        answer = connection.getresponse()
        answer.read(100_000)
        return Outcome(status=answer.status, error=None)
    except (OSError, http.client.HTTPException) as error:
        return Outcome(status=None, error=type(error).__name__)
    finally:
        connection.close()


def wait_for_first_try(world: World, event_id: str, *, timeout: float) -> None:
    """Wait until a delivery of the event was tried, or cannot be soon; at most `timeout` seconds."""
    until = time.monotonic() + timeout
    waiting = "SELECT 1 FROM delivery WHERE event_id = ? AND attempts = 0 AND state IN ('pending', 'sending')"
    while world.store.rows(waiting, (event_id,)) and not world.stopping.is_set():
        left = until - time.monotonic()
        if left <= 0:
            return
        with world.news:
            world.news.wait(timeout=min(left, 0.1))
