"""An order as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import url_for

from shop.catalogue.rules import VariantInCart
from shop.catalogue.said import options_said, tee_said, title_said
from shop.core.formats import moment_text, money_text
from shop.core.languages import ENGLISH, _, lazy_gettext, spoken
from shop.core.wordings import like
from shop.discounts.rules import Names
from shop.journeys.order_words import sums_in_words, way_in_words
from shop.mail.letters import Portion
from shop.orders.rules import Event, OrderFacts, Wishes
from shop.orders.rules import Line as BoughtLine
from shop.parcels.rules import ParcelFacts
from shop.payments.queries import RefundFacts, SessionFacts
from shop.web.present.happened import HAPPENED
from shop.web.present.pictures import variant_picture
from shop.web.view_models.basket import FindOrderPage, Line, OrderPage, SentParcel, Share, TimelineEvent
from shop.web.view_models.parts import FieldError, Meta, Status, Sum

# state -> heading, words, status label, tone
STATES: Mapping[str, tuple[str, str, Status]] = {
    "awaiting_payment": (
        lazy_gettext("Waiting for your payment"),
        lazy_gettext(
            "Your tees are held while the payment is under way. This page changes by itself when it has arrived."
        ),
        Status(label=lazy_gettext("Awaiting payment"), tone="warning"),
    ),
    "paid": (
        lazy_gettext("Thank you"),
        lazy_gettext("Your order is paid. We pack it by hand and write to you when it leaves."),
        Status(label=lazy_gettext("Paid"), tone="success"),
    ),
    "fulfilled": (
        lazy_gettext("On its way"),
        lazy_gettext("Your parcel has left us."),
        Status(label=lazy_gettext("Sent"), tone="success"),
    ),
    "cancelled": (
        lazy_gettext("This order is cancelled"),
        lazy_gettext("Nothing more will happen with it."),
        Status(label=lazy_gettext("Cancelled")),
    ),
}
NEXT: Mapping[str, tuple[str, ...]] = {
    "awaiting_payment": (lazy_gettext("When the payment arrives you get a mail, and this page says so."),),
    "paid": (
        lazy_gettext("We pack your tees, mostly within two working days."),
        lazy_gettext("You get a mail when the parcel leaves."),
        lazy_gettext("What your order promised is in our books now and shows under Where the money goes."),
    ),
    "fulfilled": (lazy_gettext("Something wrong with it? Write to us, and we put it right."),),
    "cancelled": (lazy_gettext("Your tees are back on the shelf; you are welcome to order again."),),
}


PART_SENT = (
    lazy_gettext("Partly on its way"),
    lazy_gettext("A part of your order has left us. The rest follows in a parcel of its own."),
    Status(label=lazy_gettext("Sent in part"), tone="success"),
)
GIFT_STATES: Mapping[str, tuple[str, str, Status]] = {
    "awaiting_payment": (
        lazy_gettext("Waiting for your payment"),
        lazy_gettext("Your gift counts once the payment has arrived. This page says so then."),
        Status(label=lazy_gettext("Awaiting payment"), tone="warning"),
    ),
    "paid": (
        lazy_gettext("Thank you"),
        lazy_gettext("Your gift has arrived, and all of it is held for where you sent it."),
        Status(label=lazy_gettext("Received"), tone="success"),
    ),
    "cancelled": (
        lazy_gettext("This gift did not come about"),
        lazy_gettext("Nothing more will happen with it."),
        Status(label=lazy_gettext("Cancelled")),
    ),
}
GIFT_NEXT: Mapping[str, tuple[str, ...]] = {
    "awaiting_payment": (lazy_gettext("When the payment arrives you get a mail, and this page says so."),),
    "paid": (
        lazy_gettext("Your gift is in our books now and shows under Where the money goes, without your name."),
        lazy_gettext("When the fund pays out, the books say so too."),
    ),
    "cancelled": (lazy_gettext("You are welcome to give again."),),
}


def order_page(
    facts: OrderFacts,
    lines: Sequence[BoughtLine],
    *,
    variants: Mapping[int, VariantInCart],
    portions: Sequence[Portion],
    events: Sequence[Event],
    refunds: Sequence[RefundFacts],
    discounts: Names,
    wishes: Wishes,
    payment_page: SessionFacts | None,
    contact: str,
    parcels: Sequence[ParcelFacts] = (),
) -> OrderPage:
    """Everything its buyer may know of an order."""
    gift = facts.kind == "gift"
    left = [parcel for parcel in parcels if parcel.state == "sent"]
    heading, words, status = _told(facts, refunds, in_part=bool(left) and facts.state == "paid")
    waits = facts.state == "awaiting_payment" and payment_page is not None and payment_page.state == "open"
    return OrderPage(
        meta=Meta(title=_named(facts), indexed=False),
        noun=_("Gift") if gift else _("Order"),
        number=facts.number,
        heading=heading,
        words=words,
        status=status,
        lines=tuple(_line(line, variants.get(line.variant_id)) for line in lines),
        sums=_sums(facts, discounts),
        shares=tuple(_share(portion, paid=facts.paid_at is not None and not refunds) for portion in portions),
        next_steps=(GIFT_NEXT if gift else NEXT)[facts.state],
        timeline=tuple(_event(event) for event in events),
        contact=contact,
        placed=moment_text(facts.placed_at),
        delivery="" if gift else _address(facts),
        note=facts.note,
        wishes=_wishes(wishes),
        pay_url=payment_page.url if waits and payment_page else "",
        giving_url=url_for("giving.show"),
        parcels=tuple(_parcel(parcel, lines) for parcel in left),
    )


def _told(facts: OrderFacts, refunds: Sequence[RefundFacts], *, in_part: bool) -> tuple[str, str, Status]:
    """Heading, words and status of a state."""
    heading, words, status = PART_SENT if in_part else (GIFT_STATES if facts.kind == "gift" else STATES)[facts.state]
    return (heading, *_refunded(refunds)) if refunds else (heading, words, status)


def _parcel(parcel: ParcelFacts, lines: Sequence[BoughtLine]) -> SentParcel:
    packed = [(line, parcel.units[line.id]) for line in lines if line.id in parcel.units]
    return SentParcel(
        when=moment_text(parcel.sent_at) if parcel.sent_at else "",
        carrier=parcel.carrier,
        tracking=parcel.tracking,
        url=parcel.tracking_url,
        units=tuple(_units(line, units) for line, units in packed),
    )


def _units(line: BoughtLine, units: int) -> str:
    tee = tee_said(line.product_id, line.title, line.colour, line.size)
    return like(tee, f"{units} × {tee}")


def _named(facts: OrderFacts) -> str:
    known = {"number": facts.number}
    return _("Gift %(number)s", **known) if facts.kind == "gift" else _("Order %(number)s", **known)


def find_page(*, email: str = "", sent: bool = False, errors: tuple[FieldError, ...] = ()) -> FindOrderPage:
    """The form for a lost order page."""
    meta = Meta(title=_("Find my order"), indexed=False)
    return FindOrderPage(meta=meta, find_url=url_for("orders.send_links"), email=email, sent=sent, errors=errors)


def _refunded(refunds: Sequence[RefundFacts]) -> tuple[str, Status]:
    amount = money_text(refunds[-1].amount)
    if refunds[-1].state == "failed":
        failed = _("%(amount)s should have gone back, but the bank refused it. We are on it.", amount=amount)
        return failed, Status(label=_("Refund failed"))
    return (
        _("%(amount)s goes back the way it came. Banks need five to ten working days to show it.", amount=amount),
        Status(label=_("Money back"), tone="calm"),
    )


def _line(line: BoughtLine, variant: VariantInCart | None) -> Line:
    return Line(
        name=title_said(line.product_id, line.title),
        options=options_said(line.colour, line.size),
        quantity=line.quantity,
        total=money_text(line.total),
        unit_price=money_text(line.unit_price),
        url=url_for("shop.product", slug=variant.slug) if variant else "",
        picture=variant_picture(variant) if variant else None,
        pledge=line.pledge_sentence,
    )


def _sums(facts: OrderFacts, discounts: Names) -> tuple[Sum, ...]:
    rows = sums_in_words(facts.sums, delivery_name=way_in_words(facts), discounts=discounts, tax=facts.tax)
    return tuple(Sum(label=row.label, amount=row.amount, note=row.note, total=row.total) for row in rows)


def _wishes(wishes: Wishes) -> tuple[str, ...]:
    told = {
        _("A plain parcel, without our name outside"): wishes.discreet,
        _("No prices in the parcel: it is a present"): wishes.present,
        _("On the slip: “%(message)s”", message=wishes.message): bool(wishes.message),
        _("Letters now and then about this work"): wishes.news,
    }
    return tuple(words for words, wanted in told.items() if wanted)


def _share(portion: Portion, *, paid: bool) -> Share:
    """Owed until a payout says otherwise; payouts come with their own proof."""
    status = Status(label=_("In our books, owed"), tone="calm") if paid else Status(label=_("Counts once paid"))
    return Share(
        partner=portion.partner,
        amount=portion.amount,
        explanation=portion.explanation,
        status=status,
        url=url_for("giving.show"),
    )


def _event(event: Event) -> TimelineEvent:
    """In full as it was written down, which is in English; in another language what happened, without its details."""
    text = event.sentence if spoken() is ENGLISH else str(HAPPENED.get(event.kind, event.sentence))
    return TimelineEvent(
        when=moment_text(event.happened_at), stamp=event.happened_at.isoformat(timespec="seconds"), text=text
    )


def _address(facts: OrderFacts) -> str:
    """One line, from what the payment page collected (Stripe's shipping_details)."""
    if not facts.ship_to:
        return way_in_words(facts)
    address = facts.ship_to.get("address") or {}
    parts = (address.get(name) for name in ("line1", "line2", "postal_code", "city", "state", "country"))
    return ", ".join(str(part) for part in (facts.ship_to.get("name"), *parts) if part)
