"""Size charts, one for each garment."""

from __future__ import annotations

from sqlalchemy import delete, insert

from shop.catalogue.models import SizeChart
from shop.catalogue.rules import SizeChartView
from shop.core.database import session
from shop.core.errors import Invalid


def set_size_chart(chart: SizeChartView) -> None:
    """Keep a garment's chart in place of the one before; raises Invalid when a row has a measure too many or few."""
    if not chart.rows or any(len(row.measures_mm) != len(chart.columns) for row in chart.rows):
        raise Invalid("A size chart has at least one row, and each row a measure for each column.")
    session().execute(delete(SizeChart).where(SizeChart.garment == chart.garment))
    session().execute(
        insert(SizeChart).values(
            garment=chart.garment,
            columns=list(chart.columns),
            rows=[[row.size, list(row.measures_mm)] for row in chart.rows],
            how_to_measure=list(chart.how_to_measure),
            tolerance_note=chart.tolerance_note,
        )
    )
