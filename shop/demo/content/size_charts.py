"""Flat-lay measures of each garment, in whole centimetres. The shop works out inches."""

from shop.demo.content.garments import ALL_SIZES
from shop.demo.content.ware_shapes import GarmentKey, SizeChart, SizeRow

_WORN_COLUMNS = ("Chest width", "Body length", "Sleeve length")
_WORN_STEPS = (
    "Take a top you like to wear and lay it flat, face up, without stretching it.",
    "Chest width: measure straight across, from armpit seam to armpit seam.",
    "Body length: measure from the highest point of the shoulder, beside the collar, down to the hem.",
    "Sleeve length: measure from the shoulder seam to the end of the sleeve.",
    "Compare with the table and choose the nearest row. Between two sizes, the larger one is the looser fit.",
)
_TOLERANCE = "Cloth is cut by hand and eye: allow 2 cm either way. The cotton may shrink up to 4% in its first wash."


def _worn(garment: GarmentKey, *measures: tuple[int, int, int]) -> SizeChart:
    rows = tuple(SizeRow(size=size, measures_cm=row) for size, row in zip(ALL_SIZES, measures, strict=True))
    return SizeChart(
        garment=garment,
        columns=_WORN_COLUMNS,
        rows=rows,
        how_to_measure=_WORN_STEPS,
        tolerance_note=_TOLERANCE,
    )


TEE_CHART = _worn(
    "tee",
    (46, 67, 19),
    (49, 70, 20),
    (52, 72, 21),
    (55, 74, 22),
    (58, 76, 23),
    (62, 78, 24),
    (66, 80, 25),
    (70, 82, 26),
)

WOMENS_TEE_CHART = _worn(
    "womens_tee",
    (42, 61, 15),
    (45, 63, 16),
    (48, 65, 16),
    (51, 67, 17),
    (54, 69, 18),
    (58, 71, 19),
    (62, 73, 20),
    (66, 75, 21),
)

LONG_SLEEVE_CHART = _worn(
    "long_sleeve",
    (46, 67, 60),
    (49, 70, 62),
    (52, 72, 63),
    (55, 74, 64),
    (58, 76, 65),
    (62, 78, 66),
    (66, 80, 67),
    (70, 82, 68),
)

HOODIE_CHART = _worn(
    "hoodie",
    (50, 64, 60),
    (53, 67, 62),
    (56, 70, 63),
    (59, 72, 64),
    (62, 74, 65),
    (66, 77, 66),
    (70, 79, 67),
    (74, 81, 68),
)

TOTE_CHART = SizeChart(
    garment="tote",
    columns=("Width", "Height", "Handle drop"),
    rows=(SizeRow(size="One size", measures_cm=(38, 42, 30)),),
    how_to_measure=(
        "Width and height: measured flat, from seam to seam and from rim to base.",
        "Handle drop: from the top of the handle straight down to the rim. At 30 cm it goes over a coat.",
    ),
    tolerance_note="Allow 1 cm either way.",
)

SIZE_CHARTS = {
    chart.garment: chart for chart in (TEE_CHART, WOMENS_TEE_CHART, LONG_SLEEVE_CHART, HOODIE_CHART, TOTE_CHART)
}
