"""From the cart to the payment page and back."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for

from shop.cart.rules import Cart
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, NotFound, ShopError, Unavailable
from shop.core.languages import _
from shop.delivery.queries import countries
from shop.journeys.open_page import AlreadyPaid
from shop.journeys.quote import quote
from shop.journeys.services import Services
from shop.journeys.settle_payment import settle_payment
from shop.journeys.spent_cart import spent_cart
from shop.journeys.start_checkout import start_checkout
from shop.orders.queries import open_order_of, order
from shop.payments.gateway import ProcessorDown
from shop.payments.queries import order_of_session
from shop.web.basket import cart_here, keep
from shop.web.forms import CheckoutForm
from shop.web.present.cart import checkout_page, stale_code
from shop.web.view_models.parts import FieldError, Notice

blueprint = Blueprint("checkout", __name__)


@blueprint.get("/checkout")
def show() -> Response:
    """The last look: where it goes, what it costs, a note. `?country=` shows the sums for that country."""
    cart = cart_here()
    if spent_cart(cart) or not cart.lines:
        return _see(url_for("cart.show"))
    waiting = open_order_of(cart.id)
    wanted = request.args.get("country", "").upper() or cart.country or (waiting.country if waiting else "")
    return _answer(cart, country=wanted, note=waiting.note if waiting else "")


@blueprint.post("/checkout")
def pay() -> Response:
    """Place the order, hold its tees, and send the visitor to the payment page."""
    form, cart = CheckoutForm(), cart_here()
    country, note = (form.country.data or "").upper(), form.note.data or ""
    if not form.validate():
        return _answer(cart, country=country, note=note, errors=form.first_errors(), status=422)
    try:
        if _unseen(cart, country, form.cart_version.data or ""):
            raise Conflict(_("Your cart changed in the meantime. Look at it once more, then continue."))
        started = start_checkout(cart, country=country, note=note, services=_services())
    except AlreadyPaid as paid:
        spent = spent_cart(cart)
        return keep(_see(url_for("orders.show", token=paid.token)), spent.cart if spent else Cart.new())
    except (Invalid, Conflict, Unavailable) as error:
        return _told(cart, country, note, error)
    return keep(_see(started.url), cart.going_to(country))


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
        settle_payment(session_id, _services())
    except ProcessorDown:
        current_app.logger.warning("return page: the processor does not answer for %s", session_id)
    facts, cart = order(order_id), cart_here()
    answer = _see(url_for("orders.show", token=facts.token))
    spent = spent_cart(cart)
    return keep(answer, spent.cart) if spent else answer


def _answer(
    cart: Cart,
    *,
    country: str,
    note: str,
    errors: tuple[FieldError, ...] = (),
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> Response:
    known = countries()
    chosen = country if any(one.code == country for one in known) else ""
    asked = quote(cart, country=chosen or None)
    warned = notices + tuple(Notice(message=problem, tone="warning") for problem in asked.problems)
    told = (*warned, *stale_code(asked))
    page = checkout_page(asked, known, chosen=chosen, note=note, errors=errors, notices=told)
    answer = make_response(render_template("checkout/checkout.html", page=page), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told(cart: Cart, country: str, note: str, error: ShopError) -> Response:
    """The same page with what went wrong, beside its field where it belongs to one; nothing typed is lost."""
    if error.field in ("country", "note"):
        beside = (FieldError(field=error.field, message=error.message),)
        return _answer(cart, country=country, note=note, errors=beside, status=error.kind.value)
    told = (Notice(message=error.message, tone="danger"),)
    return _answer(cart, country=country, note=note, notices=told, status=error.kind.value)


def _unseen(cart: Cart, country: str, version: str) -> bool:
    """Whether prices, quantities or the gift are others than on the page that the button was pressed on."""
    known = any(one.code == country for one in countries())
    return bool(version) and known and quote(cart, country=country).version != version


def _see(url: str) -> Response:
    answer = make_response(redirect(url, 303))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _services() -> Services:
    services: Services = current_app.extensions["services"]
    return services
