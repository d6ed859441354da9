"""The nearest size to a top that somebody owns: pure."""

from __future__ import annotations

import pytest

from shop.catalogue.fitting import closest, columns_compared, read_length
from shop.catalogue.rules import SizeChartView, SizeRow
from shop.core.errors import Invalid

CHART = SizeChartView(
    "tee",
    ("Chest width", "Sleeve length", "Body length"),
    (SizeRow("S", (490, 200, 700)), SizeRow("M", (520, 210, 720)), SizeRow("L", (550, 220, 740))),
    (),
    "",
)
COLUMNS = (0, 2)


def test_chest_and_body_are_what_is_compared() -> None:
    assert columns_compared(CHART) == COLUMNS
    assert columns_compared(SizeChartView("tote", ("Width", "Height"), (), (), "")) is None


@pytest.mark.parametrize(
    ("chest", "length", "size"),
    [(490, 700, "S"), (525, 700, "M"), (535, 730, "L"), (300, 400, "S"), (900, 900, "L"), (520, 740, "M")],
)
def test_the_nearest_size_is_found_and_of_two_the_larger(chest: int, length: int, size: str) -> None:
    assert closest(CHART, COLUMNS, chest_mm=chest, length_mm=length).size == size


def test_a_size_that_is_far_off_is_not_called_near() -> None:
    assert closest(CHART, COLUMNS, chest_mm=500, length_mm=700).near
    assert not closest(CHART, COLUMNS, chest_mm=700, length_mm=700).near


def test_lengths_are_read_in_both_units() -> None:
    def read(typed: str, unit: str = "cm") -> int:
        return read_length(typed, unit, field="chest", problem="no")

    assert [read("52"), read("52.5"), read("52,5 "), read("20.5", "in")] == [520, 525, 525, 521]
    for typed in ("", "x", "-52", "5", "500", "1e3", "٥٢"):
        with pytest.raises(Invalid):
            read(typed)
