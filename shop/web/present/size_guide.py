"""The size guide: a garment's chart in one unit, and which size comes nearest to a top that somebody owns."""

from __future__ import annotations

from shop.catalogue.fitting import CENTIMETRES, INCHES, UNITS, Fit, closest, columns_compared, read_length
from shop.catalogue.rules import SizeChartView, centimetres, inches
from shop.catalogue.said import size_said
from shop.core.errors import Invalid
from shop.core.languages import _
from shop.web.present import addresses
from shop.web.present.filters import GARMENTS
from shop.web.view_models.parts import FieldError, Link
from shop.web.view_models.shelf import Compared


def rows(chart: SizeChartView, unit: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each size with its measures as printed."""
    said = inches if unit == INCHES else centimetres
    return tuple((row.size, tuple(said(one) for one in row.measures_mm)) for row in chart.rows)


def units(garment: str, current: str) -> tuple[Link, ...]:
    """The switch between the units."""
    names = {CENTIMETRES: _("Centimetres"), INCHES: _("Inches")}
    return tuple(
        Link(label=names[unit], url=addresses.size_guide(garment, unit=unit), current=unit == current) for unit in UNITS
    )


def garments(known: list[str], current: str, unit: str) -> tuple[Link, ...]:
    """The guides that there are."""
    return tuple(
        Link(label=str(GARMENTS.get(one, one)), url=addresses.size_guide(one, unit=unit), current=one == current)
        for one in known
    )


def compared(chart: SizeChartView, *, chest: str, length: str, unit: str) -> Compared | None:
    """What comes nearest to what was typed; nothing is said while nothing was."""
    columns = columns_compared(chart)
    if columns is None:
        return None
    if not chest and not length:
        return Compared()
    lengths, errors = [], []
    for field, typed in (("chest", chest), ("length", length)):
        try:
            lengths.append(read_length(typed, unit, field=field, problem=_problem(unit)))
        except Invalid as problem:
            errors.append(FieldError(field=field, message=problem.message))
    answer = () if errors else _answer(closest(chart, columns, chest_mm=lengths[0], length_mm=lengths[1]), unit)
    return Compared(chest=chest, length=length, answer=answer, errors=tuple(errors))


def _problem(unit: str) -> str:
    if unit == INCHES:
        return _("Enter a length from 8 to 47 inches, such as 20.5.")
    return _("Enter a length from 20 to 120 centimetres, such as 52.")


def _answer(fit: Fit, unit: str) -> tuple[str, ...]:
    named = size_said(fit.size)
    size = _("The nearest size is %(size)s.", size=named)
    if not fit.near:
        size = _("No size comes very near. The nearest is %(size)s.", size=named)
    return size, _across(fit.wider_mm, unit), _down(fit.longer_mm, unit)


def _across(wider_mm: int, unit: str) -> str:
    if not wider_mm:
        return _("Its chest is as wide as yours.")
    by = _said(wider_mm, unit)
    return _("Its chest is %(by)s wider.", by=by) if wider_mm > 0 else _("Its chest is %(by)s narrower.", by=by)


def _down(longer_mm: int, unit: str) -> str:
    if not longer_mm:
        return _("It is as long as yours.")
    by = _said(longer_mm, unit)
    return _("It is %(by)s longer.", by=by) if longer_mm > 0 else _("It is %(by)s shorter.", by=by)


def _said(millimetres: int, unit: str) -> str:
    if unit == INCHES:
        return _("%(length)s in", length=inches(abs(millimetres)))
    return _("%(length)s cm", length=centimetres(abs(millimetres)))
