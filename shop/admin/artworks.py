"""Prints: those that came with the store, those that staff brought, and their print-ready files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import current_app, flash, request, send_file, url_for

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.artwork_forms import ArtworkForm, PlaceForm, WearForm
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.catalogue import prints as catalogue
from shop.catalogue.queries import cloths
from shop.core.config import Settings
from shop.core.database import end_read
from shop.core.errors import NotFound, ShopError
from shop.journeys.keep_artworks import add_artwork, place_artwork, put_on_product
from shop.media.paths import picture_path
from shop.media.prints import INKS, Ink, PrintShelf
from shop.media.queries import ArtworkRow, uploaded, uploaded_artwork
from shop.media.rules import PictureSpec, artwork, artwork_keys, garments, is_artwork, views
from shop.media.uploads.received import LARGEST_FILE
from shop.staff.rules.permissions import Permission

SHOWN = ("#1d1b19", "#7a2f22", "#2f4a3a")  # cloths that every store may be asked for


@shows("/artworks", needs=Permission.SEE_ARTWORKS)
def artwork_list() -> Answer:
    """Every print."""
    ours = [(key, artwork(key), _picture("tee", "front", SHOWN[0], key)) for key in artwork_keys()]
    brought = [(row, _picture("tee", "front", SHOWN[0], row.key)) for row in uploaded() if is_artwork(row.key)]
    return page("admin/artworks.html", ours=ours, brought=brought)


@asks("/artworks/new", needs=Permission.CHANGE_ARTWORKS)
def new_artwork() -> Answer:
    """Bring a print."""
    request.max_content_length = LARGEST_FILE + 64 * 1024  # this page alone takes files
    form = ArtworkForm()
    if request.method == "GET":
        return page("admin/artwork_new.html", form=form)
    end_read()
    if not form.validate_on_submit():
        return page("admin/artwork_new.html", status=refused(form), form=form)
    words = {name: form[name].data for name in ("title", "description", "credit")}
    try:
        added = add_artwork(_uploads(), _bytes(form.file.data), actor=current().name, **words)
    except ShopError as problem:
        return page("admin/artwork_new.html", status=refused(form, problem=problem), form=form)
    flash("The print is here. Set its size and place, then put it on a product.", "success")
    return see_other(url_for("admin.artwork_page", artwork_id=added))


@shows("/artworks/<row:artwork_id>", needs=Permission.SEE_ARTWORKS)
def artwork_page(artwork_id: int) -> Answer:
    """A print on every garment and view."""
    return _page(uploaded_artwork(artwork_id))


@does("/artworks/<row:artwork_id>/place", needs=Permission.CHANGE_ARTWORKS)
def place_print(artwork_id: int) -> Answer:
    """Give it another size, place or description."""
    form, row = PlaceForm(), uploaded_artwork(artwork_id)
    end_read()
    if not form.validate_on_submit():
        return _page(row, form, status=refused(form))
    try:
        place_artwork(
            _uploads(),
            artwork_id,
            seen_key=form.seen.data or "",
            width_mm=form.width_mm.data,
            right_mm=form.right_mm.data,
            down_mm=form.down_mm.data,
            description=form.description.data,
            actor=current().name,
        )
    except ShopError as problem:
        return _page(uploaded_artwork(artwork_id), form, status=refused(form, problem=problem))
    flash("Placed. Products that carry it show it so from now on.", "success")
    return see_other(url_for("admin.artwork_page", artwork_id=artwork_id))


@does("/artworks/<row:artwork_id>/wear", needs=Permission.CHANGE_ARTWORKS)
def wear_print(artwork_id: int) -> Answer:
    """Put it on a product."""
    form = WearForm()
    end_read()
    if not form.validate_on_submit():
        return _page(uploaded_artwork(artwork_id), status=refused(form))
    put_on_product(artwork_id, product_id=form.product.data or 0, actor=current().name)
    flash("The product carries it now.", "success")
    return see_other(url_for("admin.artwork_page", artwork_id=artwork_id))


@shows("/artworks/print/<code:key>/<ink>", needs=Permission.SEE_ARTWORKS)
def print_file(key: str, ink: str) -> Answer:
    """The print-ready file; while the worker makes it, a page that says so."""
    if ink not in INKS or not is_artwork(key):
        raise NotFound("There is no such print.")
    shelf, wanted = _prints(), _ink(ink)
    path = shelf.path_for(key, wanted)
    if path.exists():
        return send_file(path, mimetype="image/png", as_attachment=True, download_name=f"{key}-{ink}-300dpi.png")
    shelf.want(key, wanted)
    return page("admin/print_wait.html", status=202, title=artwork(key).title)


def _ink(asked: str) -> Ink:
    return next(ink for ink in INKS if ink == asked)


def _page(row: ArtworkRow, form: PlaceForm | None = None, *, status: int = 200) -> Answer:
    if form is None:
        form = PlaceForm(formdata=None, data=_as_seen(row))
    cloth = sorted(cloths())[:1] or [SHOWN[0]]
    seen = [(garment, view, colour) for garment in garments() for view in views(garment) for colour in (*SHOWN, *cloth)]
    worn = [
        (f"{garment.replace('_', ' ')}, {view}", _picture(garment, view, one, row.key)) for garment, view, one in seen
    ]
    wear = WearForm(formdata=None)
    wear.product.choices = catalogue.wearable()
    known = {"row": row, "worn": worn, "wearing": catalogue.wearing(row.key)}
    return page("admin/artwork.html", status=status, form=form, wear=wear, **known)


def _as_seen(row: ArtworkRow) -> dict[str, Any]:
    placed = row.placed
    return {
        "seen": row.key,
        "width_mm": placed.width_mm,
        "right_mm": placed.right_mm,
        "down_mm": placed.down_mm,
        "description": placed.description,
    }


def _picture(garment: str, view: str, colour: str, key: str) -> str:
    return f"/media/{picture_path(PictureSpec(garment, view, colour, key), 320, 'webp')}"


def _bytes(sent: Any) -> bytes:
    return bytes(sent.read(LARGEST_FILE + 1)) if sent else b""


def _uploads() -> Path:
    return _settings().var / "uploads"


def _prints() -> PrintShelf:
    return PrintShelf(_settings().var / "prints", uploads=_uploads())


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
