"""Size guides: a page for each garment, in centimetres or inches, that compares with a top one owns."""

from __future__ import annotations

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from shop.catalogue import queries as catalogue
from shop.catalogue.fitting import CENTIMETRES, UNITS
from shop.catalogue.said import chart_said
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.web.kept import kept
from shop.web.present import addresses
from shop.web.present import size_guide as present
from shop.web.present.filters import GARMENTS
from shop.web.public import meta, rendered, revalidated
from shop.web.view_models.parts import Link
from shop.web.view_models.shelf import SizeGuidePage

LONGEST = 10
blueprint = Blueprint("size_guides", __name__)
blueprint.after_request(revalidated)


@blueprint.get(f"{addresses.SIZE_GUIDES}/<slug:name>")
def show(name: str) -> ResponseReturnValue:
    """`?unit=in` for inches; `?chest=` and `?length=` compare. Raises NotFound."""
    garment = name.replace("-", "_")
    chart = catalogue.size_chart(garment)
    if chart is None:
        raise NotFound(_("There is no size guide for that."))
    said = chart_said(chart)
    asked = {field: request.args.get(field, "").strip()[:LONGEST] for field in ("unit", "chest", "length")}
    unit = asked["unit"] if asked["unit"] in UNITS else CENTIMETRES
    compared = present.compared(chart, chest=asked["chest"], length=asked["length"], unit=unit)
    heading = _("Size guide: %(garment)s", garment=str(GARMENTS.get(garment, garment)))
    path = addresses.size_guide(garment)
    page = SizeGuidePage(
        meta=meta(heading, path, _("Measures of the garment laid flat, and how to take them.")),
        heading=heading,
        garments=present.garments(_charted(), garment, request.args.get("unit", "")[:2]),
        units=present.units(garment, unit),
        unit=unit,
        unit_name=_("inches") if unit != CENTIMETRES else _("centimetres"),
        measures=said.columns,
        rows=present.rows(said, unit),
        how_to=(*said.how_to_measure, said.tolerance_note),
        action=path,
        compared=compared,
        shelf_url=addresses.asking(addresses.SHOP, {"garment": garment}),
        breadcrumbs=(Link(label=_("Shop"), url=addresses.SHOP), Link(label=heading, url="", current=True)),
    )
    return make_response(rendered("shop/size_guide.html", page), 422 if compared and compared.errors else 200)


@kept
def _charted() -> list[str]:
    return catalogue.garments_charted()
