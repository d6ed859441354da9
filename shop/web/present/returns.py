"""What a buyer may still do about an order, and what is under way."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from shop.core import clock
from shop.core.formats import date_text
from shop.core.languages import _
from shop.journeys.cancel_order import may_call_off
from shop.monthly.rules import MonthlyFacts
from shop.orders.rules import Line, OrderFacts
from shop.returns.rules import DelayFacts, may_return, may_withdraw
from shop.web.present import addresses
from shop.web.view_models.parts import Link, Notice


def ways_of(facts: OrderFacts, lines: Sequence[Line], standing: MonthlyFacts | None) -> tuple[Link, ...]:
    """Call it off, send part of it back, withdraw; or, for a month of a gift, the way to the monthly gift."""
    if standing is not None:
        return (Link(label=_("Your monthly gift"), url=url_for("monthly.show", token=standing.token)),)
    now, left = clock.now(), bool((facts.sums - facts.returned).total)
    if facts.kind != "sale" or facts.paid_at is None or facts.state == "cancelled" or not left:
        return ()
    found = []
    if may_call_off(facts, lines):
        found.append(Link(label=_("Cancel the order"), url=url_for("returns.look", token=facts.token)))
    if may_return(sent_at=facts.fulfilled_at, now=now):
        found.append(Link(label=_("Send something back"), url=url_for("returns.ask", token=facts.token)))
    if may_withdraw(country=facts.country, sent_at=facts.fulfilled_at, now=now):
        url = addresses.asking(addresses.WITHDRAW, {"order": facts.token})
        found.append(Link(label=_("Withdraw from contract here"), url=url))
    return tuple(found)


def told_about(facts: OrderFacts, delay: DelayFacts | None, waiting: Sequence[tuple[str, str]]) -> tuple[Notice, ...]:
    """A delay that still counts, and what was asked and is not answered or ended yet."""
    told = []
    if delay is not None and facts.state == "paid":
        day = date_text(delay.leaves_by)
        message = _("It leaves later than we said: by %(day)s. %(why)s", day=day, why=delay.reason)
        more = _("If that is too late, cancel it below; all you paid comes back.")
        told.append(Notice(message=f"{message} {more}", tone="warning"))
    words = {
        "asked": _("You asked to send part of it back. We answer by mail."),
        "approved": _("You may send it back. When it is here, the money goes back."),
    }
    withdrawn = _("You withdrew from the contract. What you paid goes back within 14 days.")
    told += [
        Notice(message=withdrawn if kind == "withdrawal" else words[state], tone="calm") for kind, state in waiting
    ]
    return tuple(told)
