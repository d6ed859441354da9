"""Which size comes nearest to a garment that somebody owns. Pure: lengths are whole millimetres, laid flat."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from shop.catalogue.rules import MM_PER_INCH, SizeChartView
from shop.core.errors import Invalid

LEAST, MOST = 200, 1_200  # nobody's chest is narrower or wider than that, laid flat
FAR = 40  # beyond this in the chest, no size is really near
CHEST_WEIGHS = 2  # the width decides how a top sits, more than its length
CENTIMETRES, INCHES = UNITS = ("cm", "in")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?", re.ASCII)


class Fit(Struct, frozen=True):
    """The nearest size, and by how much it is wider and longer (narrower and shorter below zero)."""

    size: str
    wider_mm: int
    longer_mm: int

    @property
    def near(self) -> bool:
        return abs(self.wider_mm) <= FAR


def columns_compared(chart: SizeChartView) -> tuple[int, int] | None:
    """Which columns are the chest and the body's length; None where a garment has no chest to measure."""
    chest = [at for at, name in enumerate(chart.columns) if "chest" in name.lower()]
    length = [at for at, name in enumerate(chart.columns) if "length" in name.lower() and "sleeve" not in name.lower()]
    return (chest[0], length[0]) if chest and length else None


def closest(chart: SizeChartView, columns: tuple[int, int], *, chest_mm: int, length_mm: int) -> Fit:
    """The size whose chest and length differ least; of two that are equally near, the larger."""
    fits = [
        Fit(row.size, row.measures_mm[columns[0]] - chest_mm, row.measures_mm[columns[1]] - length_mm)
        for row in chart.rows
    ]
    return min(reversed(fits), key=lambda fit: CHEST_WEIGHS * abs(fit.wider_mm) + abs(fit.longer_mm))


def read_length(typed: str, unit: str, *, field: str, problem: str) -> int:
    """ "52", "52.5" or "52,5" in centimetres or inches; raises Invalid with `problem`, beside the field."""
    if not _NUMBER.fullmatch(typed.strip()):
        raise Invalid(problem, field=field)
    length = Decimal(typed.strip().replace(",", ".")) * (MM_PER_INCH if unit == INCHES else 10)
    if not LEAST <= length <= MOST:
        raise Invalid(problem, field=field)
    return int(length.to_integral_value())
