"""An order's own page, behind a link nobody can guess; and the way back to a lost one."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from msgspec.structs import replace

from shop.brand.queries import brand
from shop.catalogue.queries import variants_in_cart
from shop.core.errors import Invalid
from shop.discounts.queries.offers import names_of
from shop.discounts.rules import Names
from shop.giving.queries import party_names
from shop.journeys.find_orders import find_orders
from shop.journeys.shares_now import contested, shares_now
from shop.monthly.queries import of_order as of_order_month
from shop.orders.queries import events_of, lines_of, order_with_token, wishes_of
from shop.orders.rules import NO_WISHES
from shop.parcels.queries import parcels_of
from shop.payments.queries import refunds_of, session_of
from shop.payouts.queries import shares_of_order
from shop.receipts.queries import receipts_of
from shop.returns.queries import delay_of, under_way
from shop.returns.rules import DelayFacts
from shop.web.answers import private
from shop.web.differences import asked_sizes, to_sale
from shop.web.forms import FindForm
from shop.web.present.order import find_page, order_page
from shop.web.present.payouts import of_order
from shop.web.present.receipts import receipt_link
from shop.web.present.returns import told_about, ways_of
from shop.web.view_models.parts import FieldError

blueprint = Blueprint("orders", __name__)


@blueprint.get("/orders/<token>")
def show(token: str) -> Response:
    """State, lines, gift, where the share goes, what happens next. For one person: never cached, never indexed.

    What its own history does not tell of is not asked for.
    """
    facts = order_with_token(token)
    if facts.kind == "difference":
        return to_sale(facts)
    lines, events = lines_of(facts.id), events_of(facts.id)
    told, sums, sale = {event.kind for event in events}, facts.sums, facts.kind == "sale"
    delay, waiting = _under_way(facts.id, told)
    page = order_page(
        facts,
        lines,
        variants=variants_in_cart([line.variant_id for line in lines]) if lines else {},
        portions=shares_now(facts, lines),
        events=[event for event in events if not event.for_staff],
        refunds=refunds_of(facts.id),
        discounts=names_of(facts.id) if sale and (sums.discount or not sums.delivery) else Names(),
        wishes=wishes_of(facts.id) if sale else NO_WISHES,
        payment_page=session_of(facts.id) if facts.state == "awaiting_payment" else None,
        contested=contested(facts.id),
        contact=brand().contact_email,
        parcels=parcels_of(facts.id) if any(line.packed_quantity for line in lines) else [],
        delay=delay,
    )
    link = receipt_link(receipts_of(facts.id), token=token, sent=request.args.get("statement") == "sent")
    return private(
        render_template(
            "orders/order.html",
            page=replace(
                page,
                receipt=link,
                payouts=of_order(shares_of_order(facts.id), party_names()),
                asked=asked_sizes(facts, lines),
                ways=ways_of(facts, lines, of_order_month(facts.id) if facts.kind == "gift" else None),
                notices=(*page.notices, *told_about(facts, delay, waiting)),
            ),
        )
    )


def _under_way(order_id: str, told: set[str]) -> tuple[DelayFacts | None, list[tuple[str, str]]]:
    """The newest word on a delay, and what was asked and is not ended; asked for where its history tells of such."""
    delay = delay_of(order_id) if "delayed" in told else None
    return delay, under_way(order_id) if told & {"return_asked", "withdrawal"} else []


@blueprint.get("/orders/find")
def find() -> Response:
    """Ask for the links of one's orders by mail."""
    return private(render_template("orders/find.html", page=find_page()))


@blueprint.post("/orders/find")
def send_links() -> Response:
    """The same answer whether or not there are any: nobody learns who has bought here."""
    form = FindForm()
    email = form.email.data or ""
    errors = () if form.validate() else form.first_errors()
    if not errors:
        try:
            find_orders(email)
        except Invalid as error:
            errors = (FieldError(field="email", message=error.message),)
    page = find_page(email=email, sent=not errors, errors=errors)
    return private(render_template("orders/find.html", page=page), 422 if errors else 200)
