"""Payouts in public, and the page where a partner confirms one."""

from msgspec import Struct

from shop.web.view_models.parts import Page


class PayoutRow(Struct, frozen=True, kw_only=True):
    """A transfer: the day, to whom, how much, its reference; `confirmed` is the day in words, empty without."""

    day: str
    partner: str
    amount: str
    reference: str
    proof_url: str = ""
    confirmed: str = ""


class AgeRow(Struct, frozen=True, kw_only=True):
    """How much has been owed for how long."""

    label: str
    amount: str


class ConfirmPayoutPage(Page, frozen=True, kw_only=True):
    """What a partner is asked to confirm; `confirmed` once that was said."""

    partner: str
    amount: str
    paid_on: str
    reference: str
    confirm_url: str
    confirmed: str = ""
