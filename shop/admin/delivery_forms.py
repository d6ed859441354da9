"""The forms of deliveries, counts and movements by hand, and lines of a SKU and a number."""

from __future__ import annotations

import re

from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from shop.admin.base_form import StaffForm
from shop.core.errors import Invalid

MOST = 100_000
_HEADING = re.compile(r"(SKU|Barcode)\b", re.IGNORECASE)
_LINE = re.compile(r"(\S+)[\s,;]+([0-9]{1,6})")


def trimmed(text: str | None) -> str:
    """One line without anything that cannot be printed."""
    return " ".join("".join(letter for letter in text or "" if letter.isprintable()).split())


class WholeNumber(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A number of pieces, said so where it is none."""

    def gettext(self, string: str) -> str:
        """Its one message of its own, in the words of this door."""
        return "Enter a whole number." if string.startswith("Not a valid integer") else string


def at_most(letters: int) -> Length:
    """Words no longer than this."""
    return Length(max=letters, message=f"Keep it to {letters} characters.")


class ExpectedForm(StaffForm):
    """When it comes; empty while nobody knows."""

    expected_on = DateField("Expected on", [Optional()])


class DeliveryForm(ExpectedForm):
    """An order to a supplier."""

    supplier = StringField("Supplier", [InputRequired("Say who it comes from."), at_most(120)], filters=[trimmed])
    reference = StringField("Their order number", [at_most(60)], filters=[trimmed])
    lines = TextAreaField("What was ordered", [InputRequired("Enter a SKU and how many."), at_most(100_000)])


class NewCountForm(StaffForm):
    """A count begins."""

    name = StringField(
        "What you count", [InputRequired("Say what you count, such as “Shelf 3”."), at_most(120)], filters=[trimmed]
    )


class ScanForm(StaffForm):
    """What a scanner types, or a hand; how many of it."""

    code = StringField("Barcode or SKU", [InputRequired("Scan or type a code."), at_most(60)], filters=[trimmed])
    units = WholeNumber("How many", [InputRequired("Enter how many."), NumberRange(1, MOST, "Enter 1 or more.")])


class MoveForm(ScanForm):
    """Units that come back or are written off, and why."""

    reason = StringField("Why", [InputRequired("Say why in a few words."), at_most(200)], filters=[trimmed])


def read_lines(text: str) -> list[tuple[str, int]]:
    """`SKU 12` a line, as it is typed or pasted from two columns, with their headings or without.

    Raises Invalid naming the first lines that are neither.
    """
    rows, wrong = list[tuple[str, int]](), list[str]()
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if found := _LINE.fullmatch(line):
            rows.append((found[1], int(found[2])))
        elif line and (number > 1 or not _HEADING.match(line)):
            wrong.append(f"line {number}, “{line[:40]}”")
    if wrong:
        raise Invalid(f"Not a SKU and a number: {'; '.join(wrong[:5])}.", field="lines")
    return rows
