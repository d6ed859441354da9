"""The cart: put in, change, take out, give. Every change answers with the cart as it is now."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from shop.brand.queries import brand
from shop.cart.rules import Cart
from shop.catalogue.queries import variant_chosen
from shop.catalogue.said import variant_said
from shop.core.errors import Invalid, NotFound, TooMany
from shop.core.languages import _
from shop.core.zones import today_in
from shop.delivery.queries import countries
from shop.discounts.rules import read_code
from shop.giving.queries import gift_funds
from shop.journeys.card_testing import Visitor, count_code
from shop.journeys.quote import quote
from shop.journeys.quote.gift import limits_beside_goods
from shop.sharing.rules import source_code
from shop.stock.queries import salable_of
from shop.web.basket import cart_here, keep
from shop.web.cart_answer import cart_answer
from shop.web.errors import note_wait
from shop.web.forms import AddForm, CartGiftForm, CodeForm, PlaceForm, QuantityForm
from shop.web.gift_choice import chosen, typed_in
from shop.web.place import checked, placed, served
from shop.web.present.cart import cart_drawer
from shop.web.shop import product_answer
from shop.web.view_models.parts import FieldError

SUMS = "sum"  # the part of the cart page where a gift or a code shows
blueprint = Blueprint("cart", __name__)


@blueprint.get("/cart")
def show() -> Response:
    """The lines, the gift, the sums; what changed meanwhile is said once."""
    return cart_answer(cart_here())


@blueprint.get("/cart/drawer")
def drawer() -> Response:
    """The cart as a sheet for the script to lay beside a page; links and forms are those of the whole cart."""
    cart = served(cart_here(), countries())
    asked = quote(cart)
    answer = make_response(render_template("cart/drawer.html", page=cart_drawer(asked, units=cart.units)))
    return keep(answer, cart.seeing_prices((line.variant.id, line.variant.price.minor) for line in asked.lines))


@blueprint.post("/cart/lines")
def add() -> Response:
    """Put units of a variant in; a wrong choice shows the product again, with what was chosen."""
    form = AddForm()
    slug, colour, size = (form[name].data or "" for name in ("product", "colour", "size"))
    quantity = form.quantity.data or 1
    errors = () if form.validate() else form.first_errors()
    if not errors:
        try:
            fuller = _with_more(cart_here(), slug, colour, size, quantity)
            return keep(_to_cart(), fuller.led_by(_source()))
        except (Invalid, NotFound) as error:
            errors = (FieldError(field=error.field or "size", message=error.message),)
    return product_answer(slug=slug, colour=colour, size=size, quantity=quantity, errors=errors, status=422)


@blueprint.post("/cart/lines/<int:variant_id>")
def change(variant_id: int) -> Response:
    """Exactly so many of a line."""
    form, cart = QuantityForm(), cart_here()
    if not form.validate():
        wrong = (FieldError(field=f"quantity-{variant_id}", message=one.message) for one in form.first_errors())
        return cart_answer(cart, errors=tuple(wrong), status=422)
    return keep(_to_cart(), cart.with_quantity(variant_id, form.quantity.data or 0))


@blueprint.post("/cart/lines/<int:variant_id>/remove")
def remove(variant_id: int) -> Response:
    """Take a line out."""
    return keep(_to_cart(), cart_here().without(variant_id))


@blueprint.post("/cart/gift")
def give() -> Response:
    """Choose a gift, or none. Who presses *Checkout* takes along what stands chosen, and may have chosen nothing."""
    form, cart, about = CartGiftForm(), cart_here(), brand()
    typed, going = typed_in(form), bool(form.checkout.data)
    if going and not (typed.gift or typed.fund):
        return make_response(redirect(url_for("checkout.show"), 303))
    if not form.validate():
        return cart_answer(cart, errors=form.first_errors(), status=422, typed=typed)
    try:
        gift = chosen(typed, limits=limits_beside_goods(about), steps=about.round_up_steps, funds=gift_funds())
    except Invalid as error:
        wrong = FieldError(field=error.field or "gift", message=error.message)
        return cart_answer(cart, errors=(wrong,), status=422, typed=typed)
    return keep(make_response(redirect(url_for("checkout.show"), 303)) if going else _to_cart(SUMS), cart.giving(gift))


@blueprint.post("/cart/place")
def go_to() -> Response:
    """Estimate delivery and tax for a place and a way; checkout starts with them."""
    form, cart = PlaceForm(), cart_here()
    typed = form.postcode.data or ""
    if not form.validate():
        return cart_answer(cart, errors=form.first_errors(), status=422, postcode=typed)
    try:
        going = checked(placed(cart, form))
    except Invalid as error:
        wrong = FieldError(field=error.field or "country", message=error.message)
        return cart_answer(cart, errors=(wrong,), status=422, postcode=typed)
    return keep(make_response(redirect(url_for("cart.show", _anchor=SUMS), 303)), going)


@blueprint.post("/cart/code")
def use_code() -> Response:
    """Type a discount code; one that does not fit is said beside its field and kept out of the cart."""
    form, cart = CodeForm(), cart_here()
    typed = form.code.data or ""
    if not form.validate():
        return cart_answer(cart, errors=form.first_errors(), status=422, code=typed)
    if not typed.strip():
        return keep(_to_cart(SUMS), cart.coded(""))
    try:
        count_code(Visitor(request.remote_addr, cart.browser if request.cookies else ""))
    except TooMany as often:
        note_wait(often)
        beside = (FieldError(field="code", message=often.message),)
        return cart_answer(cart, errors=beside, status=often.kind.value, code=typed)
    try:
        coded = cart.coded(read_code(typed))
        if refused := quote(coded).discounts.refused:
            raise Invalid(refused, field="code")
    except Invalid as error:
        return cart_answer(cart, errors=(FieldError(field="code", message=error.message),), status=422, code=typed)
    return keep(_to_cart(SUMS), coded)


@blueprint.post("/cart/code/remove")
def drop_code() -> Response:
    """Go on without the code."""
    return keep(_to_cart(SUMS), cart_here().coded(""))


def _source() -> str:
    """The source in the address of the page that the button stood on; our own pages tell us their whole address."""
    where = urlsplit(request.referrer or "")
    asked = parse_qs(where.query).get("src", [""])[0] if where.netloc == request.host else ""
    return source_code(asked)


def _with_more(cart: Cart, slug: str, colour: str, size: str, quantity: int) -> Cart:
    variant = variant_chosen(slug=slug, colour=colour, size=size)
    if not variant.buyable:
        raise NotFound(_("This tee is no longer sold."))
    fuller = cart.adding(variant.id, quantity, price=variant.price.minor)
    wanted = next(line.quantity for line in fuller.lines if line.variant_id == variant.id)
    known = salable_of([variant.id], today=today_in(brand().time_zone)).get(variant.id)
    free, said = known.in_all if known else 0, variant_said(variant)
    if free <= 0:
        raise Invalid(_("%(colour)s in %(size)s is sold out.", colour=said.colour_name, size=said.size), field="size")
    if wanted > free:
        raise Invalid(
            _(
                "Only %(count)s left of %(colour)s in %(size)s.",
                count=free,
                colour=said.colour_name,
                size=said.size,
            ),
            field="quantity",
        )
    return fuller


def _to_cart(part: str = "") -> Response:
    """The cart as it is now: its page, at a part of it, or its drawer where the script asked."""
    if request.headers.get("X-Cart-Drawer"):
        return make_response(redirect(url_for("cart.drawer"), 303))
    return make_response(redirect(url_for("cart.show", _anchor=part or None), 303))
