"""The dashboard at `/`: recent sessions, charges and events with what became of their webhooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from werkzeug.wrappers import Response

from shop.stripe_standin.events import webhook_mode
from shop.stripe_standin.money import written
from shop.stripe_standin.pages import render
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Record
from shop.stripe_standin.world import World

SHOWN = 25


@dataclass(frozen=True)
class Table:
    """One table: a heading, the names of its columns, and its cells, each row's first one an id."""

    heading: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    empty: str


def respond(world: World) -> Response:
    """The page; it shows ids and amounts, and nothing of who paid."""
    return render.page(
        "dashboard.html",
        tables=[_sessions(world), _charges(world), _events(world)],
        webhook_url=world.settings.webhook_url,
        mode=webhook_mode(world.store),
        hooks=world.settings.test_hooks,
    )


def _recent(world: World, kind: str) -> list[Record]:
    return world.store.select("kind = ?", (kind,), ascending=False, limit=SHOWN)


def _time(body: Json) -> str:
    return datetime.fromtimestamp(body["created"], tz=UTC).strftime("%d %b %H:%M:%S")


def _sessions(world: World) -> Table:
    rows = [
        (
            record.id,
            record.body["status"],
            record.body["payment_status"],
            written(record.body["amount_total"], record.body["currency"]),
            record.body["client_reference_id"] or "–",
            _time(record.body),
        )
        for record in _recent(world, "checkout.session")
    ]
    columns = ("Session", "Status", "Payment", "Total", "Reference", "Opened (UTC)")
    return Table("Checkout Sessions", columns, rows, "No store has asked for a payment yet.")


def _charges(world: World) -> Table:
    rows = [
        (
            record.id,
            record.body["status"],
            written(record.body["amount"], record.body["currency"]),
            written(record.body["amount_refunded"], record.body["currency"]),
            _time(record.body),
        )
        for record in _recent(world, "charge")
    ]
    return Table("Charges", ("Charge", "Status", "Amount", "Refunded", "Made (UTC)"), rows, "Nothing was paid yet.")


def _events(world: World) -> Table:
    rows = [
        (record.id, record.body["type"], _time(record.body), _delivery(world, record.id))
        for record in _recent(world, "event")
    ]
    return Table("Events", ("Event", "Type", "Made (UTC)", "Webhook"), rows, "Nothing has happened yet.")


def _delivery(world: World, event_id: str) -> str:
    found = world.store.rows("SELECT * FROM delivery WHERE event_id = ? ORDER BY id", (event_id,))
    if not found:
        return "not sent"
    row = found[-1]
    cause = (
        f", last {row['last_status'] or row['last_error']}" if row["attempts"] and row["state"] != "delivered" else ""
    )
    tries = f" after {row['attempts']} tries" if row["attempts"] > 1 else ""
    return f"{row['state']}{tries}{cause}"
