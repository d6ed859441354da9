"""Payouts in public, and the page where a partner confirms one."""

from dataclasses import dataclass

from shop.web.view_models.parts import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutRow:
    """A transfer: the day, to whom, how much, its reference; `confirmed` is the day in words, empty without."""

    day: str
    partner: str
    amount: str
    reference: str
    proof_url: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRow:
    """How much has been owed for how long."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPayoutPage(Page):
    """What a partner is asked to confirm; `confirmed` once that was said."""

    partner: str
    amount: str
    paid_on: str
    reference: str
    confirm_url: str
    confirmed: str = ""
