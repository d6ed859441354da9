"""The forms of deliveries, counts and movements by hand, and lines of a SKU and a number."""

from __future__ import annotations

import re

from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from shop.admin.base_form import StaffForm
from shop.core.errors import Invalid

MOST = 100_000
_LINE = re.compile(r"(\S+)[\s,;]+([0-9]{1,6})")


def trimmed(text: str | None) -> str:
    """One line without anything that cannot be printed."""
    return " ".join("".join(letter for letter in text or "" if letter.isprintable()).split())


class ExpectedForm(StaffForm):
    """When it comes; empty while nobody knows."""

    expected_on = DateField("Expected on", [Optional()])


class DeliveryForm(ExpectedForm):
    """An order to a supplier."""

    supplier = StringField("Supplier", [InputRequired("Say who it comes from."), Length(max=120)], filters=[trimmed])
    reference = StringField("Their order number", [Length(max=60)], filters=[trimmed])
    lines = TextAreaField("What was ordered", [InputRequired("Enter a SKU and how many."), Length(max=100_000)])


class NewCountForm(StaffForm):
    """A count begins."""

    name = StringField(
        "What you count", [InputRequired("Say what you count, such as “Shelf 3”."), Length(max=120)], filters=[trimmed]
    )


class ScanForm(StaffForm):
    """What a scanner types, or a hand; how many of it."""

    code = StringField("Barcode or SKU", [InputRequired("Scan or type a code."), Length(max=60)], filters=[trimmed])
    units = IntegerField("How many", [InputRequired("Enter how many."), NumberRange(1, MOST, "Enter 1 or more.")])


class MoveForm(ScanForm):
    """Units that come back or are written off, and why."""

    reason = StringField("Why", [InputRequired("Say why in a few words."), Length(max=200)], filters=[trimmed])


def read_lines(text: str) -> list[tuple[str, int]]:
    """`SKU 12` a line, as it is typed or pasted from two columns. Raises Invalid naming the first that is neither."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise Invalid(f"Line {number} is not a SKU and a number: “{line.strip()[:40]}”.", field="lines")
        rows.append((found[1], int(found[2])))
    return rows
