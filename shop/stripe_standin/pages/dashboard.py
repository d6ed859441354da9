"""The dashboard at `/`: what was asked for and what became of it, with buttons for what people and banks do.

A button is sent to `/dashboard/<kind>/<id>/<what>` and does what the test hook of that name does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from shop.stripe_standin.billing.hooks import BILLING_HOOKS
from shop.stripe_standin.events import webhook_mode
from shop.stripe_standin.money import written
from shop.stripe_standin.money_hooks import MONEY_HOOKS, make_payouts
from shop.stripe_standin.pages import render
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Record
from shop.stripe_standin.world import World

SHOWN = 25
BUTTONS = MONEY_HOOKS | BILLING_HOOKS


@dataclass(frozen=True)
class Button:
    """What it says, which address it is sent to, and one field that goes with it."""

    label: str
    address: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Table:
    """One table: a heading, the names of its columns, and its cells, each row's first one an id.

    `buttons` are by the id of their row.
    """

    heading: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    empty: str
    buttons: Mapping[str, Sequence[Button]] = field(default_factory=dict)


def respond(world: World) -> Response:
    """The page; it shows ids and amounts, and nothing of who paid."""
    return render.page(
        "dashboard.html",
        tables=[
            _sessions(world),
            _subscriptions(world),
            _charges(world),
            _refunds(world),
            _disputes(world),
            _payouts(world),
            _events(world),
        ],
        webhook_url=world.settings.webhook_url,
        mode=webhook_mode(world.store),
        hooks=world.settings.test_hooks,
    )


def press(world: World, request: Request) -> Response:
    """POST /dashboard/…: do it and show the dashboard again; 404 for an unknown button, 409 where it is too late."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return render.message(403, "Not from there", "Buttons of this page are pressed on this page.")
    steps = request.path.removeprefix("/dashboard/").strip("/").split("/")
    asked: Json = {name: value for name, value in request.form.items() if value}
    try:
        if steps == ["payouts"]:
            make_payouts(world, asked)
        elif len(steps) == 3:
            BUTTONS[(steps[0], steps[2])](world, steps[1], asked)
        else:
            return render.message(404, "There is nothing here", "The dashboard has no such button.")
    except LookupError:
        return render.message(404, "There is nothing here", "What this button is about does not exist.")
    except ValueError as error:
        return render.message(409, "That cannot be done now", str(error), link="/")
    world.tell()
    return redirect("/", code=303, Response=Response)


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


def _subscriptions(world: World) -> Table:
    found = _recent(world, "subscription")
    rows = [
        (
            record.id,
            record.body["status"],
            written(record.body["items"]["data"][0]["price"]["unit_amount"], record.body["currency"]),
            _time(record.body),
        )
        for record in found
    ]
    buttons = {record.id: _of_subscription(record.body) for record in found}
    return Table("Subscriptions", ("Subscription", "Status", "A month", "Begun (UTC)"), rows, "None yet.", buttons)


def _of_subscription(body: Json) -> list[Button]:
    at = f"/dashboard/subscriptions/{body['id']}"
    if body["status"] == "canceled":
        return []
    months = [Button("Next month", f"{at}/month", "declines", "0"), Button("Refuse it", f"{at}/month", "declines", "1")]
    again = [Button("Ask again", f"{at}/retry")] if body["status"] == "past_due" else []
    return [*months, *again, Button("Cancel", f"{at}/cancel")]


def _charges(world: World) -> Table:
    found = _recent(world, "charge")
    rows = [
        (
            record.id,
            record.body["status"],
            written(record.body["amount"], record.body["currency"]),
            written(record.body["amount_refunded"], record.body["currency"]),
            _time(record.body),
        )
        for record in found
    ]
    buttons = {record.id: _of_charge(record.body) for record in found}
    columns = ("Charge", "Status", "Amount", "Refunded", "Made (UTC)")
    return Table("Charges", columns, rows, "Nothing was paid yet.", buttons)


def _of_charge(charge: Json) -> list[Button]:
    if charge["status"] != "succeeded":
        return []
    at = f"/dashboard/charges/{charge['id']}"
    buttons = [] if charge["refunded"] else [Button("Refund", f"{at}/refund")]
    return buttons + ([] if charge["disputed"] else [Button("Dispute", f"{at}/dispute"), Button("Warn", f"{at}/warn")])


def _refunds(world: World) -> Table:
    found = _recent(world, "refund")
    rows = [
        (
            record.id,
            record.body["status"],
            written(record.body["amount"], record.body["currency"]),
            record.body["charge"],
            _time(record.body),
        )
        for record in found
    ]
    buttons = {record.id: _of_refund(record.body) for record in found}
    return Table("Refunds", ("Refund", "Status", "Amount", "Charge", "Made (UTC)"), rows, "None yet.", buttons)


def _of_refund(refund: Json) -> list[Button]:
    at = f"/dashboard/refunds/{refund['id']}/settle"
    arrives = [Button("Arrives", at, "status", "succeeded")] if refund["status"] == "pending" else []
    return arrives + ([Button("Fails", at, "status", "failed")] if refund["status"] != "failed" else [])


def _disputes(world: World) -> Table:
    found = _recent(world, "dispute")
    rows = [
        (
            record.id,
            record.body["status"],
            written(record.body["amount"], record.body["currency"]),
            record.body["reason"],
            _time(record.body),
        )
        for record in found
    ]
    buttons = {record.id: _of_dispute(record.body) for record in found}
    return Table("Disputes", ("Dispute", "Status", "Amount", "Reason", "Opened (UTC)"), rows, "None yet.", buttons)


def _of_dispute(dispute: Json) -> list[Button]:
    if dispute["status"] in ("won", "lost"):
        return []
    at = f"/dashboard/disputes/{dispute['id']}"
    return [Button("Answer", f"{at}/answer"), Button("Win", f"{at}/close", "won", "1"), Button("Lose", f"{at}/close")]


def _payouts(world: World) -> Table:
    found = _recent(world, "payout")
    rows = [
        (record.id, record.body["status"], written(record.body["amount"], record.body["currency"]), _time(record.body))
        for record in found
    ]
    buttons = {record.id: _of_payout(record.body) for record in found}
    return Table("Payouts", ("Payout", "Status", "Amount", "Made (UTC)"), rows, "Nothing was paid out yet.", buttons)


def _of_payout(payout: Json) -> list[Button]:
    at = f"/dashboard/payouts/{payout['id']}"
    arrives = [Button("Arrives", f"{at}/arrive")] if payout["status"] == "in_transit" else []
    return arrives + ([Button("Fails", f"{at}/fail")] if payout["status"] != "failed" else [])


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
