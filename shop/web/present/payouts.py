"""Payouts as everybody sees them, and as the buyer of one order does: day, proof, the partner's word, and no name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import url_for

from shop.core.formats import date_text, money_text
from shop.core.languages import _
from shop.core.money import Money
from shop.payouts.queries import PayoutFacts, ShareFacts
from shop.payouts.rules import Obligation, ageing
from shop.web.view_models.payouts import AgeRow, PayoutRow


def rows(payouts: Sequence[PayoutFacts], names: Mapping[str, str]) -> tuple[PayoutRow, ...]:
    """Newest first."""
    return tuple(
        PayoutRow(
            day=date_text(one.paid_on),
            partner=names.get(one.party, one.party),
            amount=money_text(one.amount),
            reference=one.reference,
            proof_url=proof_url(one.document),
            confirmed=date_text(one.confirmed_at.date()) if one.confirmed_at else "",
        )
        for one in payouts
    )


def ages(debts: Sequence[Obligation], *, now: datetime, currency: str) -> tuple[AgeRow, ...]:
    """How old what is owed now is."""
    found = ageing(debts, now=now, currency=currency)
    return tuple(AgeRow(label=_age(label), amount=money_text(amount)) for label, amount in found.items())


def of_order(shares: Sequence[ShareFacts], names: Mapping[str, str]) -> tuple[PayoutRow, ...]:
    """Which payouts carried an order's share, with how much of it was this order's."""
    return tuple(
        PayoutRow(
            day=date_text(one.paid_on),
            partner=names.get(one.party, one.party),
            amount=money_text(Money(one.amount.minor, one.amount.currency)),
            reference="",
            proof_url=proof_url(one.document),
            confirmed=date_text(one.confirmed_at.date()) if one.confirmed_at else "",
        )
        for one in shares
    )


def proof_url(document: str | None) -> str:
    """Where a proof is read; empty without one."""
    return url_for("payouts.proof", sha256=document) if document else ""


def _age(label: str) -> str:
    said = {
        "up to 30 days": _("up to 30 days"),
        "31 to 60 days": _("31 to 60 days"),
        "61 to 90 days": _("61 to 90 days"),
        "more than 90 days": _("more than 90 days"),
    }
    return said[label]
