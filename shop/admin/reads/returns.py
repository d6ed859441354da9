"""Returns in rows for staff."""

from __future__ import annotations

from msgspec import Struct

from shop.orders.queries import lines_of_all
from shop.returns.queries import PAGE as PAGE
from shop.returns.queries import returns_board
from shop.returns.rules import REASONS, ReturnFacts


class ReturnRow(Struct, frozen=True):
    """A request or a withdrawal; `units` are (what, how many, why)."""

    facts: ReturnFacts
    units: tuple[tuple[str, int, str], ...]


def returns(*, page: int) -> list[ReturnRow]:
    """What waits first, one more than a page; three statements."""
    found = returns_board(page=page)
    lines = lines_of_all(one.order_id for one in found if one.order_id)
    names = {line.id: f"{line.title}, {line.colour}, {line.size}" for group in lines.values() for line in group}
    return [
        ReturnRow(
            one,
            tuple((names.get(line_id, ""), units, str(REASONS.get(why, why))) for line_id, units, why in one.lines),
        )
        for one in found
    ]
