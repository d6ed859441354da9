"""The withdrawal function: two steps, for guests too, open to everybody at one address.

Article 11a of Directive 2011/83/EU (by Directive (EU) 2023/2673, from 19 June 2026): a statement with name, contract
and where to acknowledge it, a second button that confirms, and an acknowledgement on a durable medium.
"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from shop.core.database import end_read
from shop.core.errors import Invalid, NotFound, ShopError, TooMany
from shop.core.formats import moment_text, money_text
from shop.core.languages import _
from shop.journeys.ask_return import Statement, check_statement, withdraw
from shop.orders.queries import order_with_token
from shop.returns.queries import return_by_id
from shop.web.answers import private
from shop.web.forms import WithdrawForm
from shop.web.present import addresses
from shop.web.public import meta
from shop.web.view_models.parts import FieldError, Link, Notice
from shop.web.view_models.returns import WithdrawPage

blueprint = Blueprint("withdrawals", __name__)


@blueprint.get(addresses.WITHDRAW)
def state() -> Response:
    """The form; `?order=` is the token of an order whose page led here."""
    token = request.args.get("order", "")[:64]
    number = _order(token)[0]
    return _page("state", Statement(name="", number=number, email="", everything=True, words="", token=token))


@blueprint.post(addresses.WITHDRAW)
def check() -> Response:
    """The first step: what would be stated, to be read once more."""
    form = WithdrawForm()
    stated = _stated(form)
    if not form.validate():
        return _page("state", stated, errors=form.first_errors(), status=422)
    if form.caught or form.back.data:
        return _page("state", stated)
    try:
        return _page("confirm", check_statement(stated))
    except Invalid as error:
        return _told(stated, error)


@blueprint.post(f"{addresses.WITHDRAW}/confirm")
def confirm() -> Response:
    """The second step: it counts from this moment."""
    form = WithdrawForm()
    stated = _stated(form)
    if not form.validate() or form.caught:
        return _page("state", stated, errors=form.first_errors(), status=422)
    end_read()
    try:
        return_id = withdraw(stated, address=request.remote_addr)
    except (Invalid, TooMany) as error:
        return _told(stated, error)
    return _page("received", stated, moment=moment_text(return_by_id(return_id).asked_at))


def _stated(form: WithdrawForm) -> Statement:
    return Statement(
        name=form.name.data or "",
        number=form.number.data or "",
        email=form.email.data or "",
        everything=form.what.data != "part",
        words=form.words.data or "",
        token=_known(form.order.data or ""),
        gift_back=form.gift.data == "back",
    )


def _known(token: str) -> str:
    """A token that opens no order is forgotten: the statement counts by its number all the same."""
    return token if _order(token)[0] else ""


def _order(token: str) -> tuple[str, str]:
    """The number of the order that a token opens, and the gift given with it; empty for none."""
    if not token:
        return "", ""
    try:
        facts = order_with_token(token)
    except NotFound:
        return "", ""
    gift = facts.sums.gift - facts.returned.gift
    return facts.number, money_text(gift) if gift and facts.kind == "sale" else ""


def _told(stated: Statement, error: ShopError) -> Response:
    end_read()
    if error.field:
        beside = (FieldError(field=error.field, message=error.message),)
        return _page("state", stated, errors=beside, status=error.kind.value)
    return _page("state", stated, notices=(Notice(message=error.message, tone="warning"),), status=error.kind.value)


def _page(
    step: str,
    stated: Statement,
    *,
    moment: str = "",
    notices: tuple[Notice, ...] = (),
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    number, gift = _order(stated.token)
    back = Link(label=number, url=url_for("orders.show", token=stated.token)) if number else None
    page = WithdrawPage(
        meta=meta(_("Withdraw from a contract"), addresses.WITHDRAW, indexed=False),
        step=step,
        form_url=addresses.WITHDRAW,
        confirm_url=f"{addresses.WITHDRAW}/confirm",
        name=stated.name,
        number=stated.number,
        email=stated.email,
        what="all" if stated.everything else "part",
        words=stated.words,
        token=stated.token,
        moment=moment,
        gift=gift,
        gift_back=stated.gift_back,
        order=back,
        notices=notices,
        errors=errors,
    )
    return private(render_template("orders/withdraw.html", page=page), status)
