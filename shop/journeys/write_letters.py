"""Letters: promised with their cause, written once, sent until the post took them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from shop.brand.queries import brand
from shop.core.columns import Json
from shop.core.formats import date_text, money_text
from shop.core.languages import _, language_named, lazy_gettext, speaking
from shop.delivery.said import way_said
from shop.discounts.queries.offers import names_of
from shop.journeys.order_words import (
    lines_in_words,
    portions,
    refund_in_words,
    refund_sums,
    sums_in_words,
    together_words,
    way_in_words,
    why_refunded,
)
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.journeys.tell_of_dispute import dispute_lost
from shop.journeys.update_letter import Words, news_of, page_url, sender_of, update_letter
from shop.journeys.write_difference_letters import DIFFERENCES, still_asked
from shop.journeys.write_monthly_letters import page_of
from shop.mail.letters import (
    GiftThanks,
    OrderCancelled,
    OrderConfirmation,
    OrderLink,
    OrderRefunded,
)
from shop.monthly.queries import of_order
from shop.orders.queries import lines_of, order, orders_of
from shop.orders.rules import OrderFacts, promised_day
from shop.parcels.rules import tracking_url
from shop.payments.queries import refund

ARRIVAL = lazy_gettext("Banks need five to ten working days to show it.")


def write_order_letter(payload: Json, services: Services) -> None:
    """Keep the promise of a letter about an order. Without an address there is nobody to write to."""
    facts, kind = order(str(payload["order"])), str(payload["kind"])
    if facts.email and still_asked(kind, payload):
        with speaking(language_named(facts.language)):
            subject, template, given = order_letter(kind, facts, payload, services)
            key = str(payload.get("refund") or payload.get("parcel") or payload.get("difference") or facts.id)
            key = f"{facts.id}:{payload['by']}" if payload.get("by") else key
            post_letter(kind, key, facts.email, subject, template, given, services, order_id=facts.id)


def order_letter(kind: str, facts: OrderFacts, payload: Json, services: Services) -> Words:
    """Subject, template and facts of a letter about an order, in the language spoken."""
    return _KINDS[kind](facts, payload, services)


def write_order_links(payload: Json, services: Services) -> None:
    """Keep the promise of `find_orders`: mail the addresses of somebody's order pages, or nothing for a miss."""
    found = orders_of(str(payload["email"]))
    if found and (recipient := found[0].email):  # as on record: what was typed may only look the same
        about = brand()
        with speaking(language_named(str(payload.get("language") or found[0].language))):
            links = tuple((facts.number, page_url(facts, services)) for facts in found)
            given = OrderLink(brand=sender_of(about), orders=links, contact=about.contact_email)
            key, subject = str(payload["key"]), _("Your order pages")
            post_letter("order_link", key, recipient, subject, "order_link", given, services)


def _confirmation(facts: OrderFacts, _payload: Json, services: Services) -> Words:
    about, lines = brand(), lines_of(facts.id)
    together = filter(None, (together_words(promised_day(lines)),))
    given = OrderConfirmation(
        brand=sender_of(about),
        number=facts.number,
        order_url=page_url(facts, services),
        lines=lines_in_words(lines),
        sums=sums_in_words(facts.sums, delivery_name=way_in_words(facts), discounts=names_of(facts.id), tax=facts.tax),
        shares=portions(facts, lines),
        next_steps=(*together, _("We pack it by hand and write again when it leaves.")),
        contact=about.contact_email,
    )
    return _("Your order %(number)s", number=facts.number), "order_confirmation", given


def _gift_thanks(facts: OrderFacts, _payload: Json, services: Services) -> Words:
    about, standing = brand(), of_order(facts.id)
    given = GiftThanks(
        brand=sender_of(about),
        number=facts.number,
        gift_url=page_url(facts, services),
        amount=money_text(facts.sums.gift),
        sums=sums_in_words(facts.sums, delivery_name=""),
        shares=portions(facts, []),
        contact=about.contact_email,
        monthly_url=page_of(standing, services) if standing else "",
    )
    return _("Thank you for your gift"), "gift_thanks", given


def _processing(facts: OrderFacts, _payload: Json, services: Services) -> Words:
    slow = (
        _("You chose a way to pay that takes a few days. We write when the money is here.")
        if facts.kind == "gift"
        else _(
            "You chose a way to pay that takes a few days. Your tees are kept for you; we write when the money is here."
        )
    )
    return update_letter(facts, services, _("Your bank is moving the money"), slow)


def _sent(facts: OrderFacts, payload: Json, services: Services) -> Words:
    return update_letter(facts, services, _("Your parcel has left"), *_travels(payload))


def _part_sent(facts: OrderFacts, payload: Json, services: Services) -> Words:
    rest = _("The rest of your order follows in a parcel of its own.")
    return update_letter(facts, services, _("A part of your order has left"), *_travels(payload), rest)


def _delayed(facts: OrderFacts, payload: Json, services: Services) -> Words:
    day = date_text(date.fromisoformat(str(payload["by"])))
    return update_letter(
        facts,
        services,
        _("Your order leaves later"),
        _("We are sorry: your order leaves by %(day)s at the latest, later than we said.", day=day),
        str(payload["why"]),
        _("If that is too late, call it off on its page. All you paid comes back; that costs you nothing."),
    )


def _travels(payload: Json) -> tuple[str, ...]:
    """With whom, under which number, and where that can be followed."""
    carrier, tracking = str(payload.get("carrier") or ""), str(payload.get("tracking") or "")
    follow = tracking_url(carrier, tracking)
    where = (_("Follow it at %(address)s", address=follow),) if follow else ()
    if carrier and tracking:
        return _("It travels with %(carrier)s, tracking number %(number)s.", carrier=carrier, number=tracking), *where
    if carrier:
        return (_("It travels with %(carrier)s now.", carrier=carrier),)
    if tracking:
        return (_("It is with the carrier, tracking number %(number)s.", number=tracking),)
    return (_("It is with the carrier now."),)


def _cancelled(facts: OrderFacts, services: Services, reason: str, *, refunded: str = "") -> Words:
    about = brand()
    given = OrderCancelled(
        brand=sender_of(about),
        number=facts.number,
        order_url=page_url(facts, services),
        reason=reason,
        contact=about.contact_email,
        refunded=refunded,
        arrival=str(ARRIVAL) if refunded else "",
    )
    return news_of(facts), "order_cancelled", given


def _payment_failed(facts: OrderFacts, _payload: Json, services: Services) -> Words:
    if facts.kind == "gift":
        return _cancelled(facts, services, _("The payment did not arrive, so the gift could not go ahead."))
    return _cancelled(facts, services, _("The payment did not arrive, so the order could not go ahead."))


def _payment_returned(facts: OrderFacts, _payload: Json, services: Services) -> Words:
    reason = _("Your payment reached us after the tees had gone to somebody else. We are sorry.")
    return _cancelled(facts, services, reason, refunded=money_text(facts.sums.total))


def _refunded(facts: OrderFacts, payload: Json, services: Services) -> Words:
    about, given_back = brand(), refund(str(payload["refund"]))
    assert given_back is not None  # noqa: S101  # the letter was promised in the transaction that wrote it
    parts = refund_sums(given_back)
    given = OrderRefunded(
        brand=sender_of(about),
        number=facts.number,
        order_url=page_url(facts, services),
        amount=money_text(given_back.amount),
        parts=refund_in_words(parts, delivery_name=way_said(facts.delivery_name)),
        reason=why_refunded(facts, parts),
        arrival=str(ARRIVAL),
        contact=about.contact_email,
    )
    if facts.kind == "gift":
        return _("Money back for gift %(number)s", number=facts.number), "order_refunded", given
    return _("Money back for order %(number)s", number=facts.number), "order_refunded", given


def _month_returned(facts: OrderFacts, _payload: Json, services: Services) -> Words:
    reason = _("The fund that your monthly gift is for takes no gifts any more, so we give this month back.")
    return _cancelled(facts, services, reason, refunded=money_text(facts.sums.total))


_KINDS: Mapping[str, Callable[[OrderFacts, Json, Services], Words]] = {
    "order_confirmation": _confirmation,
    "gift_thanks": _gift_thanks,
    "payment_processing": _processing,
    "payment_failed": _payment_failed,
    "payment_returned": _payment_returned,
    "month_returned": _month_returned,
    "order_refunded": _refunded,
    "order_sent": _sent,
    "part_sent": _part_sent,
    "order_delayed": _delayed,
    "dispute_lost": dispute_lost,
    **DIFFERENCES,
}
