"""What a buyer can do about an order: call it off before it is packed, ask to send part of it back."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from shop.catalogue.said import tee_said
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, ShopError
from shop.core.formats import money_text
from shop.core.languages import _
from shop.journeys.ask_return import ask_return
from shop.journeys.cancel_order import PackedAlready, cancel_order, may_call_off
from shop.orders.queries import lines_of, order_with_token
from shop.orders.rules import Line
from shop.returns.rules import REASONS
from shop.web.answers import private, see_other
from shop.web.forms import CancelForm
from shop.web.view_models.parts import FieldError, Meta, Notice
from shop.web.view_models.returns import CancelPage, ReturnLine, ReturnPage

blueprint = Blueprint("returns", __name__)


@blueprint.get("/orders/<token>/cancel")
def look(token: str) -> Response:
    """What comes back, and what shall become of the gift."""
    return _cancel(token)


@blueprint.post("/orders/<token>/cancel")
def cancel(token: str) -> Response:
    """Call it off; a second press changes nothing."""
    form = CancelForm()
    try:
        cancel_order(token, gift_back=form.gift.data == "back")
    except PackedAlready as late:
        end_read()
        told = (Notice(message=late.message, tone="warning"),)
        return _cancel(token, notices=told, status=late.kind.value)
    return see_other(url_for("orders.show", token=token))


@blueprint.get("/orders/<token>/return")
def ask(token: str) -> Response:
    """The form, nothing chosen."""
    return _return(token)


@blueprint.post("/orders/<token>/return")
def send(token: str) -> Response:
    """Ask staff; nothing typed is lost where something is missing."""
    lines = lines_of(order_with_token(token).id)
    end_read()
    units = {line.id: _whole(request.form.get(f"units_{line.id}", "")) for line in lines}
    reasons = {line.id: request.form.get(f"reason_{line.id}", "")[:40] for line in lines}
    try:
        ask_return(token, units=units, reasons=reasons, words=request.form.get("words", "")[:5_000])
    except (Invalid, Conflict) as error:
        end_read()
        return _told(token, error)
    return see_other(url_for("orders.show", token=token))


def _cancel(token: str, *, notices: tuple[Notice, ...] = (), status: int = 200) -> Response:
    facts = order_with_token(token)
    here = url_for("orders.show", token=token)
    if not notices and not may_call_off(facts, lines_of(facts.id)):
        return see_other(here)
    left = facts.sums - facts.returned
    page = CancelPage(
        meta=Meta(title=_("Cancel order %(number)s", number=facts.number), indexed=False),
        number=facts.number,
        amount=money_text(left.total - left.gift - left.fee_cover),
        gift=money_text(left.gift) if left.gift else "",
        form_url=url_for("returns.cancel", token=token),
        order_url=here,
        notices=notices,
    )
    return private(render_template("orders/cancel.html", page=page), status)


def _told(token: str, error: ShopError) -> Response:
    if error.field:
        beside = (FieldError(field=error.field, message=error.message),)
        return _return(token, errors=beside, status=error.kind.value)
    return _return(token, notices=(Notice(message=error.message, tone="warning"),), status=error.kind.value)


def _return(
    token: str, *, notices: tuple[Notice, ...] = (), errors: tuple[FieldError, ...] = (), status: int = 200
) -> Response:
    facts = order_with_token(token)
    here = url_for("orders.show", token=token)
    lines = [line for line in lines_of(facts.id) if line.left]
    if facts.kind != "sale" or not lines:
        return see_other(here)
    page = ReturnPage(
        meta=Meta(title=_("Send back part of order %(number)s", number=facts.number), indexed=False),
        number=facts.number,
        lines=tuple(_line(line) for line in lines),
        reasons=tuple((value, str(words)) for value, words in REASONS.items()),
        words=request.form.get("words", "")[:5_000],
        form_url=url_for("returns.send", token=token),
        order_url=here,
        notices=notices,
        errors=errors,
    )
    return private(render_template("orders/return.html", page=page), status)


def _line(line: Line) -> ReturnLine:
    return ReturnLine(
        id=line.id,
        name=tee_said(line.product_id, line.title, line.colour, line.size),
        most=line.left,
        units=request.form.get(f"units_{line.id}", "")[:6],
        reason=request.form.get(f"reason_{line.id}", "")[:40],
    )


def _whole(typed: str) -> int:
    """-1 for what is no number, which is told as out of bounds."""
    word = typed.strip()
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 6 else (-1 if word else 0)
