"""The life of an order as data, and the frozen shapes it is read in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from shop.core.columns import Json
from shop.core.errors import Invalid
from shop.core.languages import _
from shop.core.money import Money

# A cancelled order may still become paid: money that arrives late buys the tee if one is left.
TRANSITIONS: Mapping[str, frozenset[str]] = {
    "awaiting_payment": frozenset({"paid", "cancelled"}),
    "paid": frozenset({"fulfilled", "cancelled"}),
    "fulfilled": frozenset(),
    "cancelled": frozenset({"paid"}),
}
FIRST_STATE = "awaiting_payment"
MONEY_OF_LINE = ("unit_price", "discount", "tax", "pledge")  # kept in columns of minor units
PARTS = ("goods", "discount", "delivery", "tax", "gift", "fee_cover")
STAFF_ONLY = frozenset(
    {"note", "note_read", "held", "released", "packed", "unpacked", "discount", "fraud_warning"}
    | {"difference_borne", "stock_lost", "stock_came"}
)
OF_MONEY = (
    "paid",
    "refund",
    "receipt",
    "disput",
    "discount",
    "difference",
)  # beginnings of kinds that may name amounts
LONGEST_NOTE = 500  # characters a customer may write to us with an order
LONGEST_RECIPIENT = 80
LONGEST_MESSAGE = 300  # characters on a gift slip


def states_before(state: str) -> list[str]:
    """From which states an order may become `state`."""
    return sorted(before for before, after in TRANSITIONS.items() if state in after)


class Sums(Struct, frozen=True):
    """An order's money, line by line: total = goods - discount + delivery + tax + gift + fee cover.

    `fee_cover` is what the customer added so that the card fee takes nothing from the gift; it is no gift itself.
    """

    goods: Money
    discount: Money
    delivery: Money
    tax: Money
    gift: Money
    fee_cover: Money

    @property
    def total(self) -> Money:
        return self.goods - self.discount + self.delivery + self.tax + self.gift + self.fee_cover

    def __sub__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) - getattr(other, name) for name in Sums.__struct_fields__))

    def minor_parts(self) -> dict[str, int]:
        """The parts in minor units, by name."""
        return {name: getattr(self, name).minor for name in PARTS}


class Line(Struct, frozen=True):
    """A snapshot of what was bought; `discount` is this line's share of what was taken off the goods.

    `tax` is what it adds to the line, or is contained in it where the order's prices are inclusive.
    `ships_by` is the day by which a pre-ordered line leaves at the latest, as it was promised; None for any other.
    `id`, `returned_quantity`, `packed_quantity` and `sent_quantity` are the row's, once there is one.
    """

    product_id: int
    variant_id: int
    sku: str
    title: str
    colour: str
    size: str
    unit_price: Money
    quantity: int
    discount: Money
    tax: Money
    pledge_id: int | None
    partner_id: int | None
    partner_slug: str
    pledge: Money
    pledge_sentence: str
    ships_by: date | None = None
    id: int = 0
    returned_quantity: int = 0
    packed_quantity: int = 0
    sent_quantity: int = 0

    @property
    def left(self) -> int:
        """Units that were not given back."""
        return self.quantity - self.returned_quantity

    @property
    def to_pack(self) -> int:
        """Units that are in no parcel yet, of an order that is still to be sent."""
        return max(self.left - self.packed_quantity, 0)

    @property
    def to_send(self) -> int:
        """Units that have not left yet, of an order that is still to be sent."""
        return max(self.left - self.sent_quantity, 0)

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def net(self) -> Money:
        """What is paid for the line."""
        return self.total - self.discount


class Wishes(Struct, frozen=True):
    """What a buyer asks for beside the tees. A `present` goes to somebody else: its slip shows no prices.

    `discreet`: a plain parcel without our name outside; `news`: may be written to about the store's work, which nobody
    is unless they said so.
    """

    present: bool = False
    recipient: str = ""
    message: str = ""
    discreet: bool = False
    news: bool = False

    def __bool__(self) -> bool:
        return self != Wishes()


def check_wishes(wishes: Wishes) -> None:
    """Raises Invalid, naming the field, for words that are too long."""
    if len(wishes.recipient) > LONGEST_RECIPIENT:
        raise Invalid(_("Keep the name under %(most)s characters.", most=LONGEST_RECIPIENT), field="recipient")
    if len(wishes.message) > LONGEST_MESSAGE:
        raise Invalid(_("Keep the message under %(most)s characters.", most=LONGEST_MESSAGE), field="message")


class OrderTax(Struct, frozen=True):
    """How an order is taxed, in minor units. `included_minor` is in the prices, `delivery_minor` the delivery's.

    `provider` stripe: what was quoted is without tax, which is known once it is paid.
    """

    provider: str = "table"
    name: str = ""
    region: str = ""
    inclusive: bool = False
    delivery_minor: int = 0
    included_minor: int = 0


class OrderFacts(Struct, frozen=True):
    """An order as it stands; times in UTC, `ship_to` as Stripe gave it, `language` what its buyer was spoken to in."""

    id: str
    number: str
    token: str
    cart_id: str
    fingerprint: str
    kind: str
    state: str
    sums: Sums
    tax: OrderTax
    country: str
    delivery_name: str
    pickup: bool
    adaptive_pricing: bool
    note: str
    email: str | None
    ship_to: Json | None
    pay_by: datetime
    placed_at: datetime
    paid_at: datetime | None
    fulfilled_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    returned: Sums
    language: str = "en"
    live: bool = False

    @property
    def currency(self) -> str:
        return self.sums.goods.currency


class Standing(Struct, frozen=True):
    """What became of a cart: its order that waits for payment, and the last that was accepted; None where none is."""

    waiting: OrderFacts | None
    paid: OrderFacts | None


class Event(Struct, frozen=True):
    """One line of an order's timeline."""

    kind: str
    sentence: str
    actor: str
    happened_at: datetime

    @property
    def for_staff(self) -> bool:
        """Whether it is none of the buyer's page."""
        return self.kind in STAFF_ONLY

    @property
    def of_money(self) -> bool:
        """Whether it may name an amount, which packers are not shown."""
        return self.kind.startswith(OF_MONEY)


def promised_day(lines: Iterable[Line]) -> date | None:
    """By when an order with pre-ordered lines leaves, all of it together: the latest of their days; else None."""
    return max((line.ships_by for line in lines if line.ships_by and line.left), default=None)


NO_TAX, NO_WISHES = OrderTax(), Wishes()


def pledges_of(lines: Iterable[Line]) -> dict[int, Money]:
    """What an order's lines promise, by pledge."""
    sums: dict[int, Money] = {}
    for line in lines:
        if line.pledge_id is not None and line.pledge:
            sums[line.pledge_id] = sums.get(line.pledge_id, Money.zero(line.pledge.currency)) + line.pledge
    return sums
