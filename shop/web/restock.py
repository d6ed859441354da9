"""Tell me when it is back: asking for it, and the page behind the mailed link."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request

from shop.catalogue.queries import product_named, variant_chosen, variants_in_cart
from shop.catalogue.said import tee_said, variant_said
from shop.core.database import end_read
from shop.core.errors import NotFound, ShopError
from shop.core.formats import moment_text
from shop.core.languages import _
from shop.journeys.keep_restock import ask_for_restock, claim_for_cart, confirm_restock, end_restock
from shop.restock.queries import request_with_token
from shop.web.basket import cart_here, keep
from shop.web.forms import RestockForm
from shop.web.languages import addressed
from shop.web.news import unshared_redirect
from shop.web.present import addresses
from shop.web.present.pictures import garment_views
from shop.web.public import meta, unshared
from shop.web.reads.choices import Choice, choices
from shop.web.view_models.parts import FieldError, Link, Picture
from shop.web.view_models.taking import OwnRestockPage, RestockPage

blueprint = Blueprint("restock", __name__)


@blueprint.get(f"{addresses.SHOP}/<slug:slug>/restock")
def ask(slug: str) -> Response:
    """The form; `?colour=` and `?size=` choose."""
    return _form(slug, chosen=f"{request.args.get('colour', '')}/{request.args.get('size', '')}")


@blueprint.post(f"{addresses.SHOP}/<slug:slug>/restock")
def wait(slug: str) -> Response:
    """The same answer whether or not the address has asked before."""
    form = RestockForm()
    email, chosen = form.email.data or "", form.choice.data or ""
    if form.caught:
        return _form(slug, chosen=chosen, sent=True)
    errors = () if form.validate() else form.first_errors()
    if errors:
        return _form(slug, chosen=chosen, email=email, errors=errors, status=422)
    try:
        colour, _bar, size = chosen.partition("/")
        variant = variant_chosen(slug=slug, colour=colour, size=size)
        end_read()
        ask_for_restock(variant_id=variant.id, email=email, address=request.remote_addr)
    except ShopError as error:
        field = "choice" if isinstance(error, NotFound) else "email"
        wrong = (FieldError(field=field, message=error.message),)
        status = 422 if isinstance(error, NotFound) else error.kind.value
        return _form(slug, chosen=chosen, email=email, errors=wrong, status=status)
    return _form(slug, chosen=chosen, sent=True)


@blueprint.get("/restock/<token>")
def own(token: str) -> Response:
    """One's own request."""
    return _own(token)


@blueprint.post("/restock/<token>")
def confirm(token: str) -> Response:
    """Pressed by a person: in line from now on."""
    confirm_restock(token)
    return unshared_redirect(addressed(addresses.own_restock(token)))


@blueprint.post("/restock/<token>/cart")
def take(token: str) -> Response:
    """Put the unit that is kept into this browser's cart; where none is any more, the page says so."""
    try:
        variant = variants_in_cart([claim_for_cart(token)]).popitem()[1]
        cart = cart_here()
        if not any(line.variant_id == variant.id for line in cart.lines):
            cart = cart.adding(variant.id, 1, price=variant.price.minor)
    except ShopError as error:
        return _own(token, status=409 if isinstance(error, NotFound) else error.kind.value)
    return keep(_to(addressed(addresses.CART)), cart.claiming(token))


@blueprint.post("/restock/<token>/end")
def end(token: str) -> Response:
    """Wanted no more."""
    end_restock(token)
    return unshared_redirect(addressed(addresses.own_restock(token)))


def _form(
    slug: str,
    *,
    chosen: str,
    email: str = "",
    sent: bool = False,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    about = product_named(slug)
    gone = [] if about.status == "retired" else [one for one in choices(about.id) if one.gone]
    colour = chosen.partition("/")[0]
    seen = next((one for one in gone if one.colour == colour), gone[0] if gone else None)
    page = RestockPage(
        meta=meta(_("Tell me when it is back"), addresses.restock(slug), indexed=False),
        name=about.title,
        product=Link(label=about.title, url=addresses.product(slug)),
        picture=_picture(about.garment, seen.cloth, about.artwork, seen.colour_name) if seen else None,
        form_url=addresses.restock(slug),
        choices=_choices(gone, chosen),
        email=email,
        sent=sent,
        errors=errors,
    )
    return unshared(render_template("restock/ask.html", page=page), status)


def _choices(gone: list[Choice], chosen: str) -> tuple[tuple[str, str, bool], ...]:
    """What is sold out, after an empty one that stays chosen until somebody chooses; nothing where all is there."""
    first = ("", _("Choose a size."), False)
    return (first, *(_choice(one, chosen) for one in gone)) if gone else ()


def _choice(one: Choice, chosen: str) -> tuple[str, str, bool]:
    value = f"{one.colour}/{one.size}"
    return value, _("%(size)s in %(colour)s", size=one.size_name, colour=one.colour_name), value == chosen


def _picture(garment: str, cloth: str, artwork: str, name: str) -> Picture:
    return garment_views(garment, cloth, artwork, name)[0]


def _own(token: str, *, status: int = 200) -> Response:
    found = request_with_token(token)
    bought = variants_in_cart([found.variant_id])[found.variant_id]
    variant = variant_said(bought)
    url = addresses.own_restock(token)
    page = OwnRestockPage(
        meta=meta(_("Tell me when it is back"), url, indexed=False),
        state=found.state,
        tee=tee_said(bought.product_id, bought.title, bought.colour_name, bought.size),
        product=Link(label=variant.title, url=addresses.product(variant.slug, colour=variant.colour_slug)),
        picture=_picture(variant.garment, variant.cloth, variant.artwork, variant.colour_name),
        until=moment_text(found.ends_at) if found.ends_at else "",
        confirm_url=url,
        cart_url=f"{url}/cart",
        end_url=f"{url}/end",
    )
    return unshared(render_template("restock/own.html", page=page), status)


def _to(url: str) -> Response:
    return Response(redirect(url, 303).data, 303, {"Location": url})
