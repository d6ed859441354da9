"""Tracking numbers from a postage tool: each row a parcel that left. What rows would do is told before they do it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from shop.core.errors import Invalid, ShopError
from shop.core.sheets import read_csv
from shop.journeys.fulfil_order import LONGEST, fulfil_order, send_parcel
from shop.orders.queries import orders_named
from shop.orders.queries.search import ids_numbered
from shop.parcels.queries import holds_on, parcels_of_all

MOST = 1_000
NUMBER = ("order_number", "order", "number", "order_id", "reference", "reference_1")
TRACKING = ("tracking_number", "tracking", "tracking_code", "tracking_no")
CARRIER = ("carrier", "carrier_name", "shipping_carrier")


class Told(Struct, frozen=True):
    """One row: what it says, and why it cannot be done, or nothing."""

    row: int
    number: str
    carrier: str
    tracking: str
    order_id: str = ""
    parcel_id: str = ""
    problem: str = ""

    @property
    def does(self) -> str:
        """What taking it does, in words."""
        return self.problem or ("Sends its parcel" if self.parcel_id else "Packs and sends the whole order")


def plan_tracking(content: bytes) -> list[Told]:
    """Read a file and say of each row what it would do. Raises Invalid for a file that cannot be read as one."""
    rows = read_csv(content)
    if not rows or _said(rows[0], NUMBER) is None or _said(rows[0], TRACKING) is None:
        raise Invalid("The file needs a column order_number and a column tracking_number.", field="file")
    if len(rows) > MOST:
        raise Invalid(f"The file has more than {MOST:,} rows.", field="file")
    told = [
        Told(at, _said(row, NUMBER) or "", _said(row, CARRIER) or "", _said(row, TRACKING) or "")
        for at, row in enumerate(rows, 2)
    ]
    return _judged(told)


def _judged(told: list[Told]) -> list[Told]:
    """Each row with its order and parcel, or with what is wrong; four statements."""
    found = ids_numbered(one.number for one in told)
    known, held, parcels = orders_named(found.values()), holds_on(found.values()), parcels_of_all(found.values())
    seen: set[str] = set()
    judged = []
    for one in told:
        order_id = found.get(one.number, "")
        state = known[order_id].state if order_id else ""
        hold = held[order_id].reason if order_id in held else ""
        packed = next((parcel.id for parcel in parcels.get(order_id, []) if parcel.state == "packed"), "")
        problem = _problem(one, state, hold, again=order_id in seen)
        judged.append(replace(one, order_id=order_id, parcel_id=packed, problem=problem))
        seen.add(order_id)
    return judged


def take_tracking(plan: list[Told], *, actor: str) -> list[Told]:
    """Do it, row by row, each in a transaction of its own; what went wrong stands beside its row."""
    return [one if one.problem else _take(one, actor=actor) for one in plan]


def _take(one: Told, *, actor: str) -> Told:
    with_it = {"actor": actor, "carrier": one.carrier, "tracking": one.tracking}
    try:
        if one.parcel_id:
            sent = send_parcel(parcel_id=one.parcel_id, **with_it)
        else:
            sent = fulfil_order(order_id=one.order_id, **with_it)
    except ShopError as problem:
        return replace(one, problem=problem.message)
    return one if sent else replace(one, problem="It had left before.")


def _problem(one: Told, state: str, hold: str, *, again: bool) -> str:
    """Why a row cannot be done; empty when it can."""
    checks = {
        "There is no such order.": not state,
        "It has no tracking number.": not one.tracking,
        "It stands twice in the file.": again,
        f"On hold: {hold}": bool(hold),
        "It was sent before.": state == "fulfilled",
        "It is not paid, or cancelled.": state in ("awaiting_payment", "cancelled"),
        f"Carrier and number have {LONGEST} characters at most.": max(len(one.carrier), len(one.tracking)) > LONGEST,
    }
    return next((sentence for sentence, wrong in checks.items() if wrong), "")


def _said(row: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((" ".join(row[name].split()) for name in names if name in row), None)
