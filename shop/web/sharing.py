"""Passing a story on: by a letter of ours, by a link that tells nothing, by a code to point a camera at."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, render_template, request

from shop.campaigns.queries import campaign_named, card_shown
from shop.catalogue.queries import product_named
from shop.core.errors import NotFound, ShopError
from shop.core.languages import _
from shop.journeys.share_story import never_again, send_to_friend
from shop.sharing.queries import key_behind
from shop.sharing.rules import source_code
from shop.web.forms import FriendForm
from shop.web.present import addresses
from shop.web.public import absolute, meta, rendered, revalidated, settings, unshared
from shop.web.view_models.parts import FieldError, Link
from shop.web.view_models.taking import FriendPage, NeutralPage, StopPage

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
blueprint = Blueprint("sharing", __name__)


@blueprint.get(f"{addresses.CAMPAIGNS}/<slug:slug>/send")
def write(slug: str) -> Response:
    """The form: an address and a few words."""
    return _form(slug)


@blueprint.post(f"{addresses.CAMPAIGNS}/<slug:slug>/send")
def send(slug: str) -> Response:
    """The same answer whether or not the friend gets a letter: nobody learns who had one, or wants none."""
    form = FriendForm()
    email, note = form.email.data or "", form.note.data or ""
    if form.caught:
        return _form(slug, sent=True)
    errors = () if form.validate() else form.first_errors()
    if errors:
        return _form(slug, email=email, note=note, errors=errors, status=422)
    try:
        send_to_friend(slug, email=email, note=note, address=request.remote_addr)
    except NotFound:
        raise
    except ShopError as error:
        told = (FieldError(field=error.field or "email", message=error.message),)
        return _form(slug, email=email, note=note, errors=told, status=error.kind.value)
    return _form(slug, sent=True)


@blueprint.get("/s/<int:campaign_id>")
def neutral(campaign_id: int) -> Response:
    """A page whose title, card and address tell nothing of the story that it leads to."""
    card = card_shown(campaign_id)
    source = source_code(request.args.get("src", ""))
    story = addresses.campaign(card.slug) + (f"?src={source}" if source else "")
    about = meta(
        _("A page somebody wanted you to see"),
        addresses.neutral(campaign_id),
        _("Open it when you have a quiet moment."),
        indexed=False,
        sensitive=card.sensitive,
        image_url=absolute(addresses.NEUTRAL_CARD),
        image_alt=_("A drawing of a lantern"),
    )
    page = NeutralPage(meta=about, story_url=story, title=card.title, sensitive=card.sensitive)
    answer = Response(rendered("sharing/neutral.html", page))
    answer.headers["Referrer-Policy"] = "no-referrer"
    return revalidated(answer)


@blueprint.get("/friend/<token>")
def stop(token: str) -> Response:
    """*Never mail me again*: a page with a button, for scanners open links."""
    key_behind(token)
    return _stop(token)


@blueprint.post("/friend/<token>")
def stopped(token: str) -> Response:
    """Pressed; also what mail programs send by themselves (RFC 8058)."""
    never_again(token)
    return _stop(token, done=True)


@blueprint.get(f"{addresses.QR}/campaigns/<slug:slug>.<any(svg, png):kind>")
def campaign_qr(slug: str, kind: str) -> Response:
    """The way to a story, to point a camera at. Raises NotFound."""
    return _code(addresses.campaign(campaign_named(slug).card.slug), kind)


@blueprint.get(f"{addresses.QR}/shop/<slug:slug>.<any(svg, png):kind>")
def product_qr(slug: str, kind: str) -> Response:
    """The way to a tee. Raises NotFound."""
    return _code(addresses.product(product_named(slug).slug), kind)


def _code(path: str, kind: str) -> Response:
    """Correction level M; dark on light with the quiet zone that scanners need, whatever the page's colours."""
    import segno

    made, out = segno.make(f"{settings().base_url}{path}?src=qr", error="m", micro=False), BytesIO()
    made.save(out, kind=kind, border=4, scale=10, dark="#201811", light="#ffffff")
    answer = Response(out.getvalue(), mimetype=TYPES[kind])
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return revalidated(answer)


def _form(
    slug: str,
    *,
    email: str = "",
    note: str = "",
    sent: bool = False,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    card = campaign_named(slug).card
    page = FriendPage(
        meta=meta(_("Send this to a friend"), addresses.send_to_friend(slug), indexed=False, sensitive=card.sensitive),
        story=Link(label=card.title, url=addresses.campaign(slug)),
        form_url=addresses.send_to_friend(slug),
        email=email,
        note=note,
        sent=sent,
        errors=errors,
    )
    return unshared(render_template("sharing/send.html", page=page), status)


def _stop(token: str, *, done: bool = False) -> Response:
    about = meta(_("No more such mail"), f"/friend/{token}", indexed=False)
    return unshared(
        render_template("sharing/stop.html", page=StopPage(meta=about, form_url=f"/friend/{token}", done=done))
    )
