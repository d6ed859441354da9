"""What letter templates are given: frozen values, every text ready to print. One class a template."""

from __future__ import annotations

from msgspec import Struct


class Sender(Struct, frozen=True, kw_only=True):
    """Who writes."""

    name: str
    operator: str


class Bought(Struct, frozen=True, kw_only=True):
    """A line of an order: "Look closer", "Navy, M", 2, "$56.00"; `note` is when a pre-order leaves."""

    name: str
    options: str
    quantity: int
    total: str
    note: str = ""


class Amount(Struct, frozen=True, kw_only=True):
    """A line of a sum: "Delivery", "$5.00", and a note such as the country."""

    label: str
    amount: str
    note: str = ""
    total: bool = False


class Portion(Struct, frozen=True, kw_only=True):
    """Where part of the money goes: the partner or fund, "$4.20", and why.

    `state` is unpaid, owed, contested (a bank has it), lost (to the bank) or returned.
    """

    partner: str
    amount: str
    explanation: str
    state: str = "owed"


class OrderConfirmation(Struct, frozen=True, kw_only=True):
    """A paid order; `next_steps` are whole sentences."""

    brand: Sender
    number: str
    order_url: str
    lines: tuple[Bought, ...]
    sums: tuple[Amount, ...]
    shares: tuple[Portion, ...]
    next_steps: tuple[str, ...]
    contact: str
    delivery: str = ""


class GiftThanks(Struct, frozen=True, kw_only=True):
    """A gift that arrived; `gift_url` is its own page, `monthly_url` that of the monthly gift it is a month of."""

    brand: Sender
    number: str
    gift_url: str
    amount: str
    sums: tuple[Amount, ...]
    shares: tuple[Portion, ...]
    contact: str
    monthly_url: str = ""


class MonthlyLetter(Struct, frozen=True, kw_only=True):
    """News of a monthly gift; `monthly_url` is its own page."""

    brand: Sender
    heading: str
    sentences: tuple[str, ...]
    monthly_url: str
    contact: str


class MonthlyLinks(Struct, frozen=True, kw_only=True):
    """The ways to somebody's monthly gifts: (words, address) pairs."""

    brand: Sender
    gifts: tuple[tuple[str, str], ...]
    contact: str


class Stated(Struct, frozen=True, kw_only=True):
    """One gift of a year: when, the receipt's number, how much."""

    day: str
    receipt: str
    amount: str


class GivingStatement(Struct, frozen=True, kw_only=True):
    """A year of gifts, those given back left out."""

    brand: Sender
    year: int
    rows: tuple[Stated, ...]
    total: str
    contact: str


class OrderUpdate(Struct, frozen=True, kw_only=True):
    """News of an order in a heading and a few sentences."""

    brand: Sender
    number: str
    order_url: str
    heading: str
    sentences: tuple[str, ...]
    contact: str


class ReturnLetter(Struct, frozen=True, kw_only=True):
    """News of what is sent back; `stated` are (label, value) pairs, `order_url` empty where there is none to show."""

    brand: Sender
    heading: str
    sentences: tuple[str, ...]
    stated: tuple[tuple[str, str], ...]
    order_url: str
    contact: str


class OrderLink(Struct, frozen=True, kw_only=True):
    """The address of a lost order page; `orders` are (number, address) pairs, newest first."""

    brand: Sender
    orders: tuple[tuple[str, str], ...]
    contact: str


class SignatureLetter(Struct, frozen=True, kw_only=True):
    """The way to somebody's part in a campaign: to confirm it, or once `confirmed` to look at it."""

    brand: Sender
    confirmed: bool
    url: str
    contact: str


class FriendWords(Struct, frozen=True, kw_only=True):
    """A page that somebody wanted a friend to see; `note` are their own words, empty for none."""

    brand: Sender
    note: str
    url: str
    stop_url: str
    contact: str


class NewsConfirmation(Struct, frozen=True, kw_only=True):
    """The way to somebody's subscription: to confirm it, or once `confirmed` to look at it."""

    brand: Sender
    confirmed: bool
    url: str
    contact: str


class NewsLetter(Struct, frozen=True, kw_only=True):
    """One issue of news to one reader."""

    brand: Sender
    heading: str
    paragraphs: tuple[str, ...]
    stop_url: str
    contact: str


class RestockLetter(Struct, frozen=True, kw_only=True):
    """To whoever waits for a size: `tee` names it; once one is kept for them, `until` says how long."""

    brand: Sender
    tee: str
    confirmed: bool
    until: str
    url: str
    contact: str


class StaffAlert(Struct, frozen=True, kw_only=True):
    """What staff should know; `facts` are (label, value) pairs."""

    brand: Sender
    heading: str
    message: str
    facts: tuple[tuple[str, str], ...] = ()
    action_label: str = ""
    action_url: str = ""


class OrderRefunded(Struct, frozen=True, kw_only=True):
    """`parts` say what was given back, line by line; `arrival` when the bank will show it."""

    brand: Sender
    number: str
    order_url: str
    amount: str
    parts: tuple[Amount, ...]
    reason: str
    arrival: str
    contact: str


class OrderCancelled(Struct, frozen=True, kw_only=True):
    """`reason` is a whole sentence; `refunded` an amount, or empty when nothing was charged."""

    brand: Sender
    number: str
    order_url: str
    reason: str
    contact: str
    refunded: str = ""
    arrival: str = ""


class PayoutConfirmation(Struct, frozen=True, kw_only=True):
    """A partner is asked whether a transfer came; `paid_on` a date in words."""

    brand: Sender
    partner: str
    amount: str
    paid_on: str
    reference: str
    confirm_url: str
    contact: str
