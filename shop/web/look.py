"""The stylesheet of what staff chose for colours and headings, at an address that never changes its content."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from shop.frame.look import sheet_named
from shop.web.media import FOR_GOOD
from shop.web.present import addresses

blueprint = Blueprint("look", __name__)


@blueprint.get(f"{addresses.LOOKS}/<name>")
def stylesheet(name: str) -> Response:
    """Made from its name; 404 for one that we would not have given."""
    sheet = sheet_named(name)
    if sheet is None:
        abort(404)
    answer = Response(sheet, mimetype="text/css")
    answer.headers["Cache-Control"] = FOR_GOOD
    return answer
