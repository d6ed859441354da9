"""A monthly gift as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import url_for

from shop.core.formats import date_text, money_short, money_text
from shop.core.languages import _, lazy_gettext
from shop.journeys.quote.gift import Limits
from shop.monthly.rules import MonthlyFacts
from shop.orders.rules import OrderFacts
from shop.web.present import addresses
from shop.web.present.order_states import AWAITED, WAITING, Told
from shop.web.view_models.monthly import Month, MonthlyPage
from shop.web.view_models.parts import FieldError, Meta, Notice, Status

STATES: Mapping[str, Told] = {
    "awaiting_payment": (
        WAITING,
        lazy_gettext("Your monthly gift begins once its first payment has arrived. This page says so then."),
        AWAITED,
    ),
    "active": (
        lazy_gettext("Thank you, every month"),
        lazy_gettext("All of it is held for where you sent it. You can change or stop it here, whenever you like."),
        Status(label=lazy_gettext("Running"), tone="success"),
    ),
    "past_due": (
        lazy_gettext("Your card said no this month"),
        lazy_gettext("That happens: cards run out or are replaced. We ask it again by ourselves; nothing is owed."),
        Status(label=lazy_gettext("Card refused"), tone="warning"),
    ),
    "ended": (
        lazy_gettext("Your monthly gift has ended"),
        lazy_gettext("Nothing is taken any more. What you gave is where you sent it."),
        Status(label=lazy_gettext("Ended")),
    ),
    "abandoned": (
        lazy_gettext("This monthly gift did not begin"),
        lazy_gettext("Nothing was taken."),
        Status(label=lazy_gettext("Not begun")),
    ),
}


def monthly_page(
    facts: MonthlyFacts,
    months: Sequence[OrderFacts],
    *,
    funds: str,
    limits: Limits,
    contact: str,
    own_amount: str | None = None,
    notices: tuple[Notice, ...] = (),
    errors: tuple[FieldError, ...] = (),
) -> MonthlyPage:
    """`months` are their orders, newest first; `funds` the names of where it goes."""
    heading, words, status = STATES[facts.state]
    token, running = facts.token, facts.running
    return MonthlyPage(
        meta=Meta(title=_("Your monthly gift"), indexed=False),
        heading=heading,
        words=words,
        status=status,
        amount=_("%(amount)s each month", amount=money_text(facts.terms.gift)),
        funds=funds,
        fee=_fee(facts),
        next_words=_next(facts),
        months=tuple(_month(one) for one in months),
        contact=contact,
        currency=facts.currency,
        own_amount=f"{facts.terms.gift.decimal():f}" if own_amount is None else own_amount,
        own_hint=_("From %(least)s to %(most)s.", least=money_short(limits.least), most=money_short(limits.most)),
        pay_url=(facts.page_url or "") if facts.state == "awaiting_payment" else "",
        amount_url=url_for("monthly.amount", token=token) if running and not facts.stops_on else "",
        card_url=url_for("monthly.card", token=token) if running else "",
        stop_url=url_for("monthly.stop", token=token) if running else "",
        give_url=addresses.DONATE if facts.state in ("ended", "abandoned") else "",
        notices=notices,
        errors=errors,
    )


def _fee(facts: MonthlyFacts) -> str:
    cover = facts.terms.fee_cover
    return _("and %(amount)s that covers the card fee", amount=money_text(cover)) if cover else ""


def _next(facts: MonthlyFacts) -> str:
    if facts.stops_on is not None:
        return _("It stops on %(day)s; nothing is taken before.", day=date_text(facts.stops_on.date()))
    if facts.state == "active" and facts.next_on is not None:
        return _("The card is asked next on %(day)s.", day=date_text(facts.next_on.date()))
    return ""


def _month(paid: OrderFacts) -> Month:
    return Month(
        day=date_text((paid.paid_at or paid.placed_at).date()),
        amount=money_text(paid.sums.total),
        number=paid.number,
        url=url_for("orders.show", token=paid.token),
        back=bool(paid.returned.total),
    )
