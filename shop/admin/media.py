"""The library of photographs and logos: brought, described, focused, put where they are seen, removed."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import whole_number
from shop.admin.media_forms import AboutForm, BringForm, FocusForm, other_languages
from shop.admin.reads.media import places_of, product_title
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.core.config import Settings
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.core.languages import KNOWN
from shop.core.wordings import every_wording
from shop.journeys import keep_photographs as journey
from shop.media.photos.queries import PHOTOGRAPH, KeptPhotograph, kept_photograph, library, uses
from shop.media.photos.rules import Photograph, name_of, widths_of
from shop.media.photos.shelf import PhotoShelf
from shop.media.uploads.received import LARGEST_FILE
from shop.staff.rules.permissions import Permission

SHOWN = 320  # pixels of a picture's width on the pages here
PICKER = 240  # pixels of the picture that is pressed to set the focus


@shows("/media", needs=Permission.KEEP_PICTURES)
def media_list() -> Answer:
    """Every picture, with how often it is used."""
    found = library()
    used = uses(one.shown.id for one in found)
    return page("admin/media/list.html", found=[(one, src_of(one.shown), used.get(one.shown.id)) for one in found])


@asks("/media/new", needs=Permission.KEEP_PICTURES)
def bring_media() -> Answer:
    """Bring a picture; `?product=` puts it into that product's gallery at once."""
    request.max_content_length = LARGEST_FILE + 64 * 1024
    form = BringForm()
    if request.method == "GET" and (asked := whole_number(request.args.get("product"))):
        form.product.data = asked
    title = product_title(form.product.data) if form.product.data else ""
    end_read()
    if request.method == "GET":
        return _bring(form, title)
    if not form.validate_on_submit():
        return _bring(form, title, status=refused(form))
    try:
        added = journey.bring_photograph(
            _shelf(),
            _bytes(form.file.data),
            form.about(),
            others=_others(),
            product_id=form.product.data,
            actor=current().name,
        )
    except ShopError as problem:
        return _bring(form, title, status=refused(form, problem=problem))
    flash("The picture is in the library. Its sizes are made in the background.", "success")
    if form.product.data:
        return see_other(url_for("admin.one_product", product_id=form.product.data, _anchor="photographs"))
    return see_other(url_for("admin.one_media", photograph_id=added))


@shows("/media/<row:photograph_id>", needs=Permission.KEEP_PICTURES)
def one_media(photograph_id: int) -> Answer:
    """One picture with its words, its focus and its uses."""
    return _one(kept_photograph(photograph_id))


@does("/media/<row:photograph_id>/words", needs=Permission.KEEP_PICTURES)
def say_of_media(photograph_id: int) -> Answer:
    """Other words, in every language."""
    there, form = kept_photograph(photograph_id), AboutForm()
    end_read()
    if not form.validate_on_submit():
        return _one(there, form, status=refused(form))
    try:
        journey.say_of_photograph(
            photograph_id, form.about(), others=_others(), seen=form.seen.data, actor=current().name
        )
    except ShopError as problem:
        form.show(kept_photograph(photograph_id).revision)
        return _one(there, form, status=refused(form, problem=problem))
    flash("Kept.", "success")
    return see_other(url_for("admin.one_media", photograph_id=photograph_id))


@does("/media/<row:photograph_id>/focus", needs=Permission.KEEP_PICTURES)
def focus_media(photograph_id: int) -> Answer:
    """Where the picture was pressed (an image button sends the point), or the numbers that were typed."""
    there = kept_photograph(photograph_id)
    end_read()
    form = FocusForm(formdata=request.form if "press.x" not in request.form else None)
    if not pressed():
        return see_other(url_for("admin.one_media", photograph_id=photograph_id))
    if "press.x" in request.form:
        x, y = _point(there.shown)
    elif form.validate():
        x, y = form.focus_x.data, form.focus_y.data
    else:
        return _one(there, focus=form, status=422)
    journey.focus_photograph(photograph_id, x=x, y=y, actor=current().name)
    flash("Kept: this point stays in sight.", "success")
    return see_other(url_for("admin.one_media", photograph_id=photograph_id, _anchor="focus"))


@does("/media/<row:photograph_id>/remove", needs=Permission.KEEP_PICTURES)
def remove_media(photograph_id: int) -> Answer:
    """Out of the library, unless it is shown anywhere."""
    if pressed():
        try:
            journey.remove_photograph(_shelf(), photograph_id, actor=current().name)
        except ShopError as problem:
            flash(problem.message, "danger")
            return see_other(url_for("admin.one_media", photograph_id=photograph_id))
        flash("The picture is gone.", "success")
    return see_other(url_for("admin.media_list"))


@does("/products/<row:product_id>/photographs", needs=Permission.KEEP_PICTURES)
def show_on_product(product_id: int) -> Answer:
    """Put a picture of the library into a gallery, to its front, or take it out."""
    back = see_other(url_for("admin.one_product", product_id=product_id, _anchor="photographs"))
    act, number = request.form.get("act", "show"), whole_number(request.form.get("photograph"))
    if not pressed() or not number:
        return back
    try:
        if act == "show":
            journey.show_on_product(number, product_id, actor=current().name)
        else:
            journey.arrange_on_product(number, product_id, first=act == "first", actor=current().name)
    except ShopError as problem:
        flash(problem.message, "danger")
    else:
        flash("Kept.", "success")
    return back


@does("/partners/<row:partner_id>/logo", needs=Permission.KEEP_PICTURES)
def choose_logo(partner_id: int) -> Answer:
    """A picture of the library as a partner's logo; its permission must be noted there."""
    if pressed():
        number = whole_number(request.form.get("photograph")) or None
        try:
            journey.choose_logo(partner_id, number, actor=current().name)
        except ShopError as problem:
            flash(problem.message, "danger")
        else:
            flash("Kept.", "success")
    return see_other(url_for("admin.edit_partner", partner_id=partner_id, _anchor="logo"))


def src_of(one: Photograph) -> str:
    """A small size of a picture."""
    width = min(widths_of(one.width), key=lambda width: abs(width - SHOWN))
    return url_for("media.photograph", name=name_of(one.digest, width, "webp"))


def _bring(form: BringForm, title: str, *, status: int = 200) -> Answer:
    return page(
        "admin/media/bring.html", status=status, form=form, title=title, others=_languages(), said=dict(request.form)
    )


def _one(
    there: KeptPhotograph, form: AboutForm | None = None, *, focus: FocusForm | None = None, status: int = 200
) -> Answer:
    shown = there.shown
    others = every_wording(PHOTOGRAPH, [shown.id]).get(shown.id, {})
    said = {f"alt-{code}": others.get(code, {}).get("alt", "") for code in other_languages()}
    if form is None:
        form = AboutForm(formdata=None, obj=there.about)
        form.show(there.revision)
    else:
        said = dict(request.form)
    return page(
        "admin/media/one.html",
        status=status,
        one=there,
        form=form,
        said=said,
        others=_languages(),
        focus=focus or FocusForm(formdata=None, data={"focus_x": shown.focus_x, "focus_y": shown.focus_y}),
        src=src_of(shown),
        picker=(PICKER, round(PICKER * shown.height / shown.width)),
        places=places_of(shown),
    )


def _languages() -> list[Any]:
    return [KNOWN[code] for code in other_languages()]


def _others() -> dict[str, str]:
    return {code: " ".join(request.form.get(f"alt-{code}", "").split())[:300] for code in other_languages()}


def _point(shown: Photograph) -> tuple[int, int]:
    """Hundredths of the picture, from the pixels that an image button sends."""
    high = max(1, round(PICKER * shown.height / shown.width))
    across, down = (whole_number(request.form.get(f"press.{axis}", "")) for axis in "xy")
    return min(100, across * 100 // PICKER), min(100, down * 100 // high)


def _bytes(sent: Any) -> bytes:
    return bytes(sent.read(LARGEST_FILE + 1)) if sent else b""


def _shelf() -> PhotoShelf:
    settings: Settings = current_app.extensions["settings"]
    return PhotoShelf(settings.var)
