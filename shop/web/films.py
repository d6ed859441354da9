"""Films: a page for each, where it plays without a script, and the files of those that are ours."""

from __future__ import annotations

import re

from flask import Blueprint, abort, make_response, send_from_directory
from werkzeug.wrappers import Response

from shop.campaigns import queries
from shop.campaigns.rules.films import frames_of
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.web import security
from shop.web.present import addresses, story_blocks
from shop.web.public import meta, rendered, settings
from shop.web.view_models.stories import WatchPage

_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]{2}))?\.(mp4|vtt)")
TYPES = {"mp4": "video/mp4", "vtt": "text/vtt"}
blueprint = Blueprint("films", __name__)


@blueprint.get("/watch/<slug:key>")
def watch(key: str) -> Response:
    """Reached by pressing a film's poster where no script runs. Raises NotFound."""
    film = queries.videos([key]).get(key)
    if film is None:
        raise NotFound(_("There is no such film here (any more)."))
    page = WatchPage(
        meta=meta(film.title, addresses.watch(key), indexed=False, sensitive=True), video=story_blocks.video(film)
    )
    answer = make_response(rendered("campaigns/watch.html", page))
    security.let_frame(answer, frames_of([film.provider]), settings())
    return answer


@blueprint.get(f"{addresses.FILMS}/<name>")
def film_file(name: str) -> Response:
    """A file that the operator put into VAR_DIR/films, in pieces; or captions that staff wrote in another language."""
    found = _NAME.fullmatch(name)
    if found is None:
        abort(404)
    source, language, kind = found.groups()
    if language:
        return _captions(source, language) if kind == "vtt" else abort(404)
    folder = settings().var.absolute() / "films"
    return send_from_directory(folder, name, mimetype=TYPES[kind], max_age=3600)


def _captions(source: str, language: str) -> Response:
    written = queries.captions(source, language)
    if written is None:
        abort(404)
    answer = Response(written, mimetype=TYPES["vtt"])
    answer.cache_control.max_age = 60
    return answer
