"""An order as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for

from shop.catalogue.rules import VariantInCart
from shop.catalogue.said import options_said, tee_said, title_said
from shop.core.formats import moment_text, money_text
from shop.core.languages import ENGLISH, _, spoken
from shop.core.wordings import like
from shop.discounts.rules import Names
from shop.journeys.order_words import ships_by_words, sums_in_words, together_words, way_in_words
from shop.mail.letters import Portion
from shop.orders.rules import Event, OrderFacts, Wishes
from shop.orders.rules import Line as BoughtLine
from shop.parcels.rules import ParcelFacts
from shop.payments.queries import RefundFacts, SessionFacts
from shop.returns.rules import DelayFacts
from shop.web.present.happened import HAPPENED, OF_BANKS
from shop.web.present.order_states import (
    CONTESTED,
    GIFT_NEXT,
    GIFT_STATES,
    NEVER_ARRIVED,
    NEXT,
    OF_SHARES,
    PART_SENT,
    STATES,
)
from shop.web.present.pictures import variant_picture
from shop.web.view_models.basket import FindOrderPage, Line, OrderPage, SentParcel, Share, TimelineEvent
from shop.web.view_models.parts import FieldError, Meta, Status, Sum


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
    contested: str,
    contact: str,
    parcels: Sequence[ParcelFacts] = (),
    delay: DelayFacts | None = None,
) -> OrderPage:
    """Everything its buyer may know of an order."""
    gift, left = facts.kind == "gift", [parcel for parcel in parcels if parcel.state == "sent"]
    heading, words, status = _told(facts, refunds, contested, in_part=bool(left) and facts.state == "paid")
    return OrderPage(
        meta=Meta(title=_named(facts), indexed=False),
        noun=_("Gift") if gift else _("Order"),
        number=facts.number,
        heading=heading,
        words=words,
        status=status,
        lines=tuple(_line(line, variants.get(line.variant_id), _day(facts, line, delay)) for line in lines),
        sums=_sums(facts, discounts),
        shares=tuple(_share(portion) for portion in portions),
        next_steps=() if contested else _next(facts, [_day(facts, line, delay) for line in lines]),
        timeline=tuple(_event(event) for event in events),
        contact=contact,
        placed=moment_text(facts.placed_at),
        delivery="" if gift else _address(facts),
        note=facts.note,
        wishes=_wishes(wishes),
        pay_url=_pay_url(facts, payment_page),
        giving_url=url_for("giving.show"),
        parcels=tuple(_parcel(parcel, lines) for parcel in left),
    )


def _pay_url(facts: OrderFacts, page: SessionFacts | None) -> str:
    waits = facts.state == "awaiting_payment" and page is not None and page.state == "open"
    return page.url if waits and page else ""


def _told(
    facts: OrderFacts, refunds: Sequence[RefundFacts], contested: str, *, in_part: bool
) -> tuple[str, str, Status]:
    """Heading, words and status of a state; what a bank has asked for goes before all else."""
    if contested:
        return CONTESTED[contested]
    if facts.cancel_reason == "payment_failed" and not refunds and facts.kind in NEVER_ARRIVED:
        return NEVER_ARRIVED[facts.kind]
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


def _next(facts: OrderFacts, days: Sequence[date | None]) -> tuple[str, ...]:
    """What comes next in this state; what is pre-ordered has its day first."""
    steps = (GIFT_NEXT if facts.kind == "gift" else NEXT)[facts.state]
    day = max((day for day in days if day), default=None)
    if day is None:
        return steps
    return (together_words(day), *(steps[1:] if facts.state == "paid" else steps))  # no word of two working days


def _day(facts: OrderFacts, line: BoughtLine, delay: DelayFacts | None) -> date | None:
    """By when a pre-ordered line leaves that has not left: as promised, or as its buyer was told since."""
    if line.ships_by is None or not line.to_send or facts.state not in ("awaiting_payment", "paid"):
        return None
    return max(line.ships_by, delay.leaves_by) if delay else line.ships_by


def _line(line: BoughtLine, variant: VariantInCart | None, day: date | None) -> Line:
    return Line(
        name=title_said(line.product_id, line.title),
        options=options_said(line.colour, line.size),
        quantity=line.quantity,
        total=money_text(line.total),
        unit_price=money_text(line.unit_price),
        url=url_for("shop.product", slug=variant.slug) if variant else "",
        picture=variant_picture(variant) if variant else None,
        pledge=line.pledge_sentence,
        note=ships_by_words(day),
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


def _share(portion: Portion) -> Share:
    """Owed until a payout says otherwise; payouts come with their own proof."""
    return Share(
        partner=portion.partner,
        amount=portion.amount,
        explanation=portion.explanation,
        status=OF_SHARES[portion.state],
        url=url_for("giving.show"),
    )


def _event(event: Event) -> TimelineEvent:
    """In full as it was written down, which is in English; in another language what happened, without its details. What
    was written down of banks is meant for staff in every language.
    """
    in_full = spoken() is ENGLISH and event.kind not in OF_BANKS
    text = event.sentence if in_full else str(HAPPENED.get(event.kind, event.sentence))
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
