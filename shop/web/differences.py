"""A buyer who is asked for the difference to a dearer size: shown on the order's page, paid at Stripe, or refused."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from shop.catalogue.said import options_said, title_said
from shop.core.database import end_read
from shop.core.formats import moment_text, money_text
from shop.core.languages import _
from shop.journeys.ask_difference import take_back_asking
from shop.orders.differences import DifferenceFacts, difference_of, differences_of
from shop.orders.queries import order, order_with_token
from shop.orders.rules import Line, OrderFacts
from shop.payments.queries import session_of
from shop.web.answers import see_other, services
from shop.web.view_models.basket import AskedSize

blueprint = Blueprint("differences", __name__)


@blueprint.post("/orders/<token>/difference/<asked_id>/keep")
def keep_size(token: str, asked_id: str) -> Response:
    """The buyer keeps what was ordered; pressed again it changes nothing."""
    sale_id = order_with_token(token).id
    end_read()
    take_back_asking(asked_id, sale_id=sale_id, services=services())
    return see_other(url_for("orders.show", token=token))


def to_sale(facts: OrderFacts) -> Response:
    """The page of a difference is that of its sale."""
    token = order(difference_of(facts.id).sale_id).token
    return see_other(url_for("orders.show", token=token))


def asked_sizes(facts: OrderFacts, lines: list[Line]) -> tuple[AskedSize, ...]:
    """What the buyer of a sale is asked for and has not answered."""
    named = {line.id: line for line in lines}
    waiting = [one for one in differences_of(facts.id) if one.waits] if facts.kind == "sale" else []
    return tuple(_asked(facts, one, named[one.line_id]) for one in waiting)


def _asked(facts: OrderFacts, one: DifferenceFacts, line: Line) -> AskedSize:
    page = session_of(one.order_id or "")
    return AskedSize(
        words=_(
            "We can send you %(title)s in %(new)s in place of %(old)s. It costs %(amount)s more.",
            title=title_said(line.product_id, line.title),
            new=options_said(one.new.colour, one.new.size),
            old=options_said(line.colour, line.size),
            amount=money_text(one.total or one.costs.goods),
        ),
        pay_label=_("Pay %(amount)s", amount=money_text(one.total or one.costs.goods)),
        until=moment_text(one.pay_by) if one.pay_by else "",
        pay_url=page.url if page is not None and page.state == "open" else "",
        keep_url=url_for("differences.keep_size", token=facts.token, asked_id=one.order_id),
    )
