"""Pictures of garments under paths that never change their content, and cards for links shared elsewhere."""

from __future__ import annotations

import gzip
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, make_response, redirect

from shop.catalogue import queries as catalogue
from shop.journeys import share_cards
from shop.media.cards import Card, CardShelf
from shop.media.files import PictureStore
from shop.media.paths import BadPicturePath, parse_picture_path
from shop.media.photos.rules import BadName, read_name
from shop.media.photos.shelf import PhotoShelf
from shop.media.rules import draw
from shop.web.kept import kept
from shop.web.present import addresses, pictures
from shop.web.present.photographs import PHOTOGRAPHS
from shop.web.public import asset, revalidated, settings

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
FOR_A_MOMENT = "public, max-age=20"  # until the worker has made the picture itself
TYPES = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}
PHOTO_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# A drawing opened by itself is a document: it may run and load nothing.
ALONE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
blueprint = Blueprint("media", __name__)


@blueprint.get(f"{pictures.MEDIA}/<path:path>")
def picture(path: str) -> Response:
    """A picture; 404 for a path that we would not have written.

    One that nobody has made yet is left word for with the worker, and answered with its drawing meanwhile, which looks
    the same and is ready at once.
    """
    try:
        spec, width, format_ = parse_picture_path(path)
    except BadPicturePath:
        abort(404)
    if spec.colour not in _cloths():
        abort(404)  # drawable, but no cloth of ours: somebody is filling the disk
    made = _store().find(spec, width, format_)
    if made is not None:
        return _file(made, TYPES[format_], FOR_GOOD)
    if format_ != "svg":
        _store().want(spec, width, format_)
    return _drawing(draw(spec), for_good=format_ == "svg")


@blueprint.get(f"{PHOTOGRAPHS}/<name>")
def photograph(name: str) -> Response:
    """One size of a picture of the library; while the worker makes it, the picture itself."""
    shelf = PhotoShelf(settings().var)
    try:
        made = shelf.find(name)
        digest, _width, format_ = read_name(name)
    except BadName:
        abort(404)
    if made is not None:
        return _file(made, PHOTO_TYPES[format_], FOR_GOOD)
    shelf.want(name)
    return _file(shelf.original(digest), TYPES["webp"], FOR_A_MOMENT)


@blueprint.get(f"{addresses.CARDS}/shop/<slug:slug>.png")
def product_card(slug: str) -> Response:
    """The product with its name, for a link to it. Raises NotFound."""
    return _card(share_cards.product_card(slug))


@blueprint.get(f"{addresses.CARDS}/campaigns/<slug:slug>.png")
def campaign_card(slug: str) -> Response:
    """The story's artwork with its title, for a link to it. Raises NotFound."""
    return _card(share_cards.campaign_card(slug))


@blueprint.get(addresses.STORE_CARD)
def store_card() -> Response:
    """A plain tee beside what the store stands for, for links to pages without a card of their own."""
    return _card(share_cards.store_card())


@blueprint.get(addresses.NEUTRAL_CARD)
def neutral_card() -> Response:
    """The card of a link that tells nothing of what it leads to."""
    return _card(share_cards.neutral_card())


def _card(card: Card) -> Response:
    """A day later at the latest a changed title is seen. One that is not made yet is wanted, and a plain one shown."""
    shelf = CardShelf(settings().var / "media" / "cards")
    if made := shelf.find(card):
        return _file(made, TYPES["png"], FOR_A_DAY)
    shelf.want(card)
    answer = make_response(redirect(asset("brand/card.png"), 302))
    answer.headers["Cache-Control"] = FOR_A_MOMENT
    return answer


def _file(path: Path, mimetype: str, caching: str) -> Response:
    answer = Response(path.read_bytes(), mimetype=mimetype)
    answer.set_etag(path.stem)  # named by what it shows
    answer.headers["Cache-Control"] = caching
    return revalidated(answer)


def _drawing(svg: str, *, for_good: bool) -> Response:
    """Pressed, because words compress and most browsers read it so."""
    answer = Response(gzip.compress(svg.encode(), compresslevel=6, mtime=0), mimetype=TYPES["svg"])
    answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Cache-Control"] = FOR_GOOD if for_good else FOR_A_MOMENT
    answer.headers["Content-Security-Policy"] = ALONE
    return answer


@kept
def _cloths() -> frozenset[str]:
    return catalogue.cloths() | {pictures.POSTER_CLOTH, *pictures.PLATE_CLOTHS}


def _store() -> PictureStore:
    store: PictureStore = current_app.extensions.setdefault("pictures", PictureStore(settings().var / "media"))
    return store
