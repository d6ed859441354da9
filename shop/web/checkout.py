"""From the cart to the payment page and back."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from msgspec.structs import replace

from shop.cart.rules import Cart
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, NotFound, ShopError, TooMany, Unavailable
from shop.core.languages import _
from shop.delivery.queries import countries
from shop.journeys.open_page import AlreadyPaid
from shop.journeys.quote import quote
from shop.journeys.settle_payment import settle_payment
from shop.journeys.spent_cart import spent_by, spent_cart
from shop.journeys.start_checkout import start_checkout
from shop.orders.queries import order, wishes_of
from shop.orders.queries.carts import open_order_of
from shop.orders.rules import Wishes
from shop.payments.gateway import ProcessorDown
from shop.payments.queries import order_of_session
from shop.web.answers import see_other, services
from shop.web.basket import cart_here, keep
from shop.web.errors import note_wait
from shop.web.forms import CheckoutForm
from shop.web.place import checked, country_of, gone_to, placed
from shop.web.present.cart import checkout_page, stale_code, what_stops
from shop.web.time_trap import baited
from shop.web.view_models.parts import FieldError, Notice
from shop.web.wishes import Written, keep_written, written_here

blueprint = Blueprint("checkout", __name__)
BESIDE = frozenset({"country", "region", "note", "recipient", "message"})


@blueprint.get("/checkout")
def show() -> Response:
    """The last look: where it goes, what it costs, a note. `?country=` shows the sums for that country."""
    cart = cart_here()
    if spent_cart(cart) or not cart.lines:
        return see_other(url_for("cart.show"))
    waiting, written = open_order_of(cart.id), written_here()
    wanted = request.args.get("country", "").upper() or cart.country or (waiting.country if waiting else "")
    if waiting and written == Written():
        written = Written(waiting.note, wishes_of(waiting.id))
    return _answer(gone_to(cart, wanted), country=wanted, written=written)


@blueprint.post("/checkout/place")
def choose_place() -> Response:
    """Show the sums for another place or another way to send it; what was written stays."""
    form, cart = CheckoutForm(), cart_here()
    if not form.validate():
        return _answer(cart, country=country_of(form), written=_written(form), errors=form.first_errors(), status=422)
    try:
        going = checked(placed(cart, form))
    except Invalid as error:
        return _told(cart, country_of(form), _written(form), error)
    return keep_written(keep(see_other(url_for("checkout.show")), going), _written(form))


@blueprint.post("/checkout")
def pay() -> Response:
    """Place the order, hold its tees, and send the visitor to the payment page."""
    form, cart = CheckoutForm(), cart_here()
    country, written = country_of(form), _written(form)
    if not form.validate():
        return _answer(cart, country=country, written=written, errors=form.first_errors(), status=422)
    cart = placed(cart, form)
    if baited():
        told = (Notice(message=_("That was very quick. Please press the button once more."), tone="warning"),)
        return _answer(cart, country=country, written=written, notices=told, status=422)
    try:
        started = start_checkout(
            cart,
            country=country,
            note=written.note,
            wishes=written.wishes,
            services=services(),
            address=request.remote_addr,
            seen=form.cart_version.data or "",
        )
    except AlreadyPaid as paid:
        spent = spent_cart(cart)
        return keep(see_other(url_for("orders.show", token=paid.token)), spent.cart if spent else Cart.new())
    except (Invalid, Conflict, TooMany, Unavailable) as error:
        return _told(cart, country, written, error)
    return keep_written(keep(see_other(started.url), cart), written)


def _written(form: CheckoutForm) -> Written:
    return Written(
        note=form.note.data or "",
        wishes=Wishes(
            present=form.present.data,
            recipient=(form.recipient.data or "") if form.present.data else "",
            message=(form.message.data or "") if form.present.data else "",
            discreet=form.discreet.data,
            news=form.news.data,
        ),
    )


@blueprint.get("/checkout/return")
def back() -> Response:
    """Where Stripe sends whoever paid: settle at once, empty the cart, show the order.

    Only sessions that we opened are asked about. When Stripe does not answer, the order page says that we are waiting;
    the webhook or the sweep will bring the news.
    """
    session_id = request.args.get("session", "")
    order_id = order_of_session(session_id)
    end_read()
    if order_id is None:
        raise NotFound(_("We do not know that payment."))
    try:
        settle_payment(session_id, services())
    except ProcessorDown:
        current_app.logger.warning("return page: the processor does not answer for %s", session_id)
    facts, cart = order(order_id), cart_here()
    answer = see_other(url_for("orders.show", token=facts.token))
    paid_just_now = facts.paid_at is not None and facts.cart_id == cart.id
    spent = spent_by(facts, cart) if paid_just_now else spent_cart(cart)
    return keep_written(keep(answer, spent.cart), Written()) if spent else answer


def _answer(
    cart: Cart,
    *,
    country: str,
    written: Written,
    errors: tuple[FieldError, ...] = (),
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> Response:
    known = countries()
    chosen = country if any(one.code == country for one in known) else ""
    asked = quote(cart if chosen else replace(cart, country=""), country=chosen or None)
    warned = notices + what_stops(asked)
    told = (*warned, *stale_code(asked))
    page = checkout_page(asked, known, chosen=chosen, written=written, errors=errors, notices=told)
    answer = make_response(render_template("checkout/checkout.html", page=page), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told(cart: Cart, country: str, written: Written, error: ShopError) -> Response:
    """The same page with what went wrong, beside its field where it belongs to one; nothing typed is lost."""
    note_wait(error)
    if error.field in BESIDE:
        beside = (FieldError(field=error.field or "", message=error.message),)
        return _answer(cart, country=country, written=written, errors=beside, status=error.kind.value)
    told = (Notice(message=error.message, tone="danger"),)
    return _answer(cart, country=country, written=written, notices=told, status=error.kind.value)
