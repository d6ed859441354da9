"""The cart: put in, change, take out, give. Every change answers with the cart as it is now."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from shop.brand.queries import brand
from shop.cart.rules import Cart
from shop.catalogue.queries import variant_chosen
from shop.core.errors import Invalid, NotFound, TooMany
from shop.core.formats import moment_text
from shop.core.languages import _
from shop.discounts.rules import read_code
from shop.giving.queries import gift_funds
from shop.journeys.card_testing import Visitor, count_code
from shop.journeys.quote import Quote, quote
from shop.journeys.quote.gift import limits_beside_goods
from shop.journeys.spent_cart import spent_cart
from shop.restock.queries import claims_of
from shop.sharing.rules import source_code
from shop.stock.queries import available_of
from shop.web.basket import cart_here, keep
from shop.web.errors import note_wait
from shop.web.forms import AddForm, CodeForm, GiftForm, QuantityForm
from shop.web.gift_choice import Typed, chosen, typed_as, typed_in
from shop.web.present.cart import cart_drawer, cart_page
from shop.web.present.gifts import beside_goods
from shop.web.shop import product_answer
from shop.web.view_models.gifts import GiftForm as GiftFormView
from shop.web.view_models.parts import FieldError, Notice

blueprint = Blueprint("cart", __name__)


@blueprint.get("/cart")
def show() -> Response:
    """The lines, the gift, the sums; what changed meanwhile is said once."""
    return _answer(cart_here())


@blueprint.get("/cart/drawer")
def drawer() -> Response:
    """The cart as a sheet for the script to lay beside a page; links and forms are those of the whole cart."""
    cart = cart_here()
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
        return _answer(cart, errors=tuple(wrong), status=422)
    return keep(_to_cart(), cart.with_quantity(variant_id, form.quantity.data or 0))


@blueprint.post("/cart/lines/<int:variant_id>/remove")
def remove(variant_id: int) -> Response:
    """Take a line out."""
    return keep(_to_cart(), cart_here().without(variant_id))


@blueprint.post("/cart/gift")
def give() -> Response:
    """Choose a gift, or none."""
    form, cart, about = GiftForm(), cart_here(), brand()
    typed = typed_in(form)
    if not form.validate():
        return _answer(cart, errors=form.first_errors(), status=422, typed=typed)
    try:
        gift = chosen(typed, limits=limits_beside_goods(about), steps=about.round_up_steps, funds=gift_funds())
    except Invalid as error:
        wrong = FieldError(field=error.field or "gift", message=error.message)
        return _answer(cart, errors=(wrong,), status=422, typed=typed)
    return keep(_to_cart(), cart.giving(gift))


@blueprint.post("/cart/code")
def use_code() -> Response:
    """Type a discount code; one that does not fit is said beside its field and kept out of the cart."""
    form, cart = CodeForm(), cart_here()
    typed = form.code.data or ""
    if not form.validate():
        return _answer(cart, errors=form.first_errors(), status=422, code=typed)
    if not typed.strip():
        return keep(_to_cart(), cart.coded(""))
    try:
        count_code(Visitor(request.remote_addr, cart.browser if request.cookies else ""))
    except TooMany as often:
        note_wait(often)
        beside = (FieldError(field="code", message=often.message),)
        return _answer(cart, errors=beside, status=often.kind.value, code=typed)
    try:
        coded = cart.coded(read_code(typed))
        if refused := quote(coded).discounts.refused:
            raise Invalid(refused, field="code")
    except Invalid as error:
        return _answer(cart, errors=(FieldError(field="code", message=error.message),), status=422, code=typed)
    return keep(_to_cart(), coded)


@blueprint.post("/cart/code/remove")
def drop_code() -> Response:
    """Go on without the code."""
    return keep(_to_cart(), cart_here().coded(""))


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
    free = available_of([variant.id]).get(variant.id, 0)
    if free <= 0:
        raise Invalid(
            _("%(colour)s in %(size)s is sold out.", colour=variant.colour_name, size=variant.size), field="size"
        )
    if wanted > free:
        raise Invalid(
            _(
                "Only %(count)s left of %(colour)s in %(size)s.",
                count=free,
                colour=variant.colour_name,
                size=variant.size,
            ),
            field="quantity",
        )
    return fuller


def _answer(
    cart: Cart,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
    typed: Typed | None = None,
    code: str = "",
) -> Response:
    notices: tuple[Notice, ...] = ()
    if spent := spent_cart(cart):
        cart = spent.cart
        told = _("Order %(number)s is paid, so its tees are no longer in the cart.", number=spent.number)
        notices = (Notice(message=told, tone="success"),)
    asked = quote(cart)
    notices += _kept_for_you(cart, asked)
    page = cart_page(asked, gift=_gift_form(asked, typed), errors=errors, notices=notices, typed_code=code)
    answer = make_response(render_template("cart/cart.html", page=page), status)
    shown = cart.seeing_prices((line.variant.id, line.variant.price.minor) for line in asked.lines)
    return keep(answer, shown)


def _kept_for_you(cart: Cart, asked: Quote) -> tuple[Notice, ...]:
    """Until when a unit is kept that the holder of a mailed link put in; asks nothing where there is none."""
    names = {line.variant.id: line.variant for line in asked.lines}
    return tuple(
        Notice(
            message=_(
                "One %(tee)s is kept for you until %(moment)s.",
                tee=f"{names[one].title}, {names[one].colour_name}, {names[one].size}",
                moment=moment_text(ends_at),
            ),
            tone="calm",
        )
        for one, ends_at in (claims_of(cart.claims) if cart.claims else ())
        if one in names
    )


def _gift_form(asked: Quote, typed: Typed | None) -> GiftFormView | None:
    """As it was sent just now, else as the cart remembers it. None where no fund may take a gift."""
    funds, about = gift_funds(), brand()
    if not funds:
        return None
    gift = asked.gift
    saved = typed_as(gift.choice if gift else None, asked.sums.gift, funds)
    return beside_goods(
        typed or saved,
        limits=limits_beside_goods(about),
        steps=about.round_up_steps,
        funds=funds,
        quoted=gift,
        before=asked.sums.total - asked.sums.gift - asked.sums.fee_cover,
        save_url=url_for("cart.give"),
    )


def _to_cart() -> Response:
    """The cart as it is now: its page, or its drawer where the script asked."""
    shown = "cart.drawer" if request.headers.get("X-Cart-Drawer") else "cart.show"
    return make_response(redirect(url_for(shown), 303))
