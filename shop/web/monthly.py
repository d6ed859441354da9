"""A gift given every month: its own page behind a mailed link, and the way back to a lost one.

No account and no password: whoever holds the link may change or stop the gift, and nobody is told whether an address
gives here.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request, url_for

from shop.brand.queries import brand
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, NotFound, ShopError, Unavailable
from shop.core.languages import _
from shop.core.money import BadAmount, Money
from shop.giving.queries import funds_by_id, setup
from shop.journeys.change_monthly import card_page, change_amount, find_monthly, stop_monthly
from shop.journeys.quote.gift import limits_alone
from shop.journeys.settle_monthly import settle_monthly
from shop.monthly.queries import monthly_gift, months_of, of_page, with_token
from shop.orders.queries import orders_by_id
from shop.payments.gateway import ProcessorDown
from shop.web.answers import private, see_other, services
from shop.web.forms import FindForm, MonthlyAmountForm
from shop.web.present import addresses
from shop.web.present.monthly import monthly_page
from shop.web.public import meta
from shop.web.view_models.monthly import FindMonthlyPage
from shop.web.view_models.parts import FieldError, Notice

blueprint = Blueprint("monthly", __name__)


@blueprint.get(addresses.MONTHLY)
def find() -> Response:
    """Ask for the way to one's monthly gift by mail."""
    return _find()


@blueprint.post(addresses.MONTHLY)
def send_links() -> Response:
    """The same answer whether or not there is one."""
    form = FindForm()
    email = form.email.data or ""
    errors = () if form.validate() else form.first_errors()
    if not errors:
        try:
            find_monthly(email)
        except Invalid as error:
            errors = (FieldError(field="email", message=error.message),)
    return _find(email=email, sent=not errors, errors=errors, status=422 if errors else 200)


@blueprint.get(f"{addresses.MONTHLY}/return")
def back() -> Response:
    """Where Stripe sends whoever paid. Only pages that we opened are asked about."""
    gift_id = of_page(request.args.get("session", ""))
    end_read()
    if gift_id is None:
        raise NotFound(_("We do not know that payment."))
    try:
        settle_monthly(gift_id, services())
    except ProcessorDown:
        current_app.logger.warning("return page: the processor does not answer for monthly gift %s", gift_id)
    return see_other(url_for("monthly.show", token=monthly_gift(gift_id).token))


@blueprint.get(f"{addresses.MONTHLY}/<token>")
def show(token: str) -> Response:
    """How it stands, the months that were paid, and what can be done."""
    said = {
        "amount": _("Changed. The new amount counts from the next month on."),
        "stopped": _("Stopped. Nothing is taken any more."),
    }.get(request.args.get("done", ""))
    return _page(token, notices=(Notice(message=said, tone="success"),) if said else ())


@blueprint.post(f"{addresses.MONTHLY}/<token>/amount")
def amount(token: str) -> Response:
    """Another amount from the next month on."""
    form = MonthlyAmountForm()
    typed = form.own_amount.data or ""
    if not form.validate():
        return _page(token, typed=typed, errors=form.first_errors(), status=422)
    try:
        change_amount(token, _minor(typed), services())
    except (Invalid, Conflict, Unavailable) as error:
        return _told(token, error, typed=typed)
    return see_other(url_for("monthly.show", token=token, done="amount"))


@blueprint.post(f"{addresses.MONTHLY}/<token>/card")
def card(token: str) -> Response:
    """To Stripe's own page, where the card is changed."""
    try:
        return see_other(card_page(token, services()))
    except (Conflict, Unavailable) as error:
        return _told(token, error)


@blueprint.post(f"{addresses.MONTHLY}/<token>/stop")
def stop(token: str) -> Response:
    """Stop it now; a second press changes nothing."""
    try:
        stop_monthly(token, services())
    except (Conflict, Unavailable) as error:
        return _told(token, error)
    return see_other(url_for("monthly.show", token=token, done="stopped"))


def _minor(typed: str) -> int:
    try:
        return Money.parse(typed, brand().currency).minor
    except BadAmount as error:
        raise Invalid(str(error), field="own_amount") from error


def _told(token: str, error: ShopError, *, typed: str | None = None) -> Response:
    """What went wrong, beside its field where it has one."""
    end_read()
    if error.field == "own_amount":
        beside = (FieldError(field="own_amount", message=error.message),)
        return _page(token, typed=typed, errors=beside, status=error.kind.value)
    told = (Notice(message=error.message, tone="danger"),)
    return _page(token, typed=typed, notices=told, status=error.kind.value)


def _page(
    token: str,
    *,
    typed: str | None = None,
    notices: tuple[Notice, ...] = (),
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    facts, about, given = with_token(token), brand(), setup()
    months = orders_by_id(order_id for _invoice, order_id in months_of(facts.id))
    names = funds_by_id(fund_id for fund_id, _weight in facts.shares)
    page = monthly_page(
        facts,
        sorted(months, key=lambda one: one.placed_at, reverse=True),
        funds=", ".join(fund.name for fund in names.values()),
        limits=limits_alone(about, given.alone_minimum, given.alone_presets),
        contact=about.contact_email,
        own_amount=typed,
        notices=notices,
        errors=errors,
    )
    return private(render_template("monthly/monthly.html", page=page), status)


def _find(*, email: str = "", sent: bool = False, errors: tuple[FieldError, ...] = (), status: int = 200) -> Response:
    about = meta(_("Find my monthly gift"), addresses.MONTHLY, indexed=False)
    page = FindMonthlyPage(meta=about, find_url=addresses.MONTHLY, email=email, sent=sent, errors=errors)
    return private(render_template("monthly/find.html", page=page), status)
