"""Cart, checkout and order."""

from msgspec import Struct

from shop.orders.rules import NO_WISHES, Wishes
from shop.web.view_models.gifts import GiftForm
from shop.web.view_models.parts import FieldError, Link, Notice, Page, Picture, ProductCard, Status, Sum
from shop.web.view_models.payouts import PayoutRow


class Line(Struct, frozen=True, kw_only=True):
    """A line of an order or of a summary: "Look closer", "Navy, M", 2, "$56.00". `note`: when a pre-order leaves."""

    name: str
    options: str
    quantity: int
    total: str
    unit_price: str = ""
    url: str = ""
    picture: Picture | None = None
    pledge: str = ""
    note: str = ""


class CartLine(Line, frozen=True, kw_only=True):
    """A line that can be changed. `most` is the limit for this line; `notice` what changed meanwhile."""

    variant_id: int
    update_url: str
    remove_url: str
    most: int
    notice: Notice | None = None


class CodeForm(Struct, frozen=True, kw_only=True):
    """`using` names the discount that the code brought, empty while there is none."""

    url: str
    remove_url: str
    code: str = ""
    using: str = ""


class CountryChoice(Struct, frozen=True, kw_only=True):
    """`delivery` says its price: "delivery $5.00"; empty where it depends on the way."""

    code: str
    name: str
    delivery: str
    selected: bool = False


class Choice(Struct, frozen=True, kw_only=True):
    """One of several: a region, or a way to send with its price and what there is to know."""

    value: str
    label: str
    amount: str = ""
    note: str = ""
    selected: bool = False


class Estimate(Struct, frozen=True, kw_only=True):
    """Where the cart would go and what each way comes to; `shown` once a country was chosen or refused.

    `place` names the country chosen, empty for none; `ways` say what is in their sums in `note`.
    """

    url: str
    countries: tuple[CountryChoice, ...]
    place: str = ""
    regions: tuple[Choice, ...] = ()
    by_postcode: bool = False
    postcode: str = ""
    ways: tuple[Choice, ...] = ()
    region_wanted: bool = False
    shown: bool = False


class CartPage(Page, frozen=True, kw_only=True):
    """`stopped_at` is the variant of the first line that cannot be bought as it is; `others` fill an empty cart.

    `together` says when all of it leaves, where something in it is a pre-order.
    """

    lines: tuple[CartLine, ...]
    sums: tuple[Sum, ...]
    checkout_url: str
    shop_url: str
    code: CodeForm
    estimate: Estimate
    gift: GiftForm | None = None
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()
    problems: tuple[str, ...] = ()
    can_check_out: bool = True
    stopped_at: int | None = None
    together: str = ""
    others: tuple[ProductCard, ...] = ()


class CartDrawer(Struct, frozen=True, kw_only=True):
    """The cart beside another page; `said` is what a screen reader hears when it changes."""

    lines: tuple[CartLine, ...]
    sums: tuple[Sum, ...]
    units: int
    said: str
    checkout_url: str
    cart_url: str
    shop_url: str
    can_check_out: bool = True


class CheckoutPage(Page, frozen=True, kw_only=True):
    """`next_steps` say what happens after the button; `note_most` is the longest note in characters.

    `together` says when all of it leaves, where something in it is a pre-order.
    """

    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    countries: tuple[CountryChoice, ...]
    cart_version: str
    pay_url: str
    cart_url: str
    next_steps: tuple[str, ...]
    together: str = ""
    terms_url: str = ""
    note: str = ""
    note_most: int = 500
    wishes: Wishes = NO_WISHES
    message_most: int = 300
    recipient_most: int = 80
    place_url: str = ""
    regions: tuple[Choice, ...] = ()
    by_postcode: bool = False
    postcode: str = ""
    ways: tuple[Choice, ...] = ()
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()


class Share(Struct, frozen=True, kw_only=True):
    """Where part of the money goes: the partner, "$4.20", why, and how far it has come."""

    partner: str
    amount: str
    explanation: str
    status: Status
    url: str = ""


class TimelineEvent(Struct, frozen=True, kw_only=True):
    """`when` in words, `stamp` as ISO 8601."""

    when: str
    stamp: str
    text: str


class ReceiptLink(Struct, frozen=True, kw_only=True):
    """The receipt of a gift; `void` where it holds no longer. A year of gifts goes by mail; `sent` says it does."""

    number: str
    url: str
    pdf_url: str
    void: bool
    statement_url: str
    year: str
    sent: bool = False


class SentParcel(Struct, frozen=True, kw_only=True):
    """A parcel that left: when, with whom, what is in it; `url` follows it where the carrier has a page for that."""

    when: str
    carrier: str
    tracking: str
    url: str
    units: tuple[str, ...]


class AskedSize(Struct, frozen=True, kw_only=True):
    """A dearer size that the buyer may pay the difference for, or not; `pay_url` is empty while its page opens."""

    words: str
    pay_label: str
    until: str
    pay_url: str
    keep_url: str


class OrderPage(Page, frozen=True, kw_only=True):
    """The private page of an order, or of a gift (`noun`).

    `heading` greets ("Thank you"), `words` say the state in a sentence or two.
    `pay_url` is set while the order waits for payment and its session is open. `ways` lead to what its buyer may still
    do about it.
    """

    noun: str
    number: str
    heading: str
    words: str
    status: Status
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    shares: tuple[Share, ...]
    next_steps: tuple[str, ...]
    timeline: tuple[TimelineEvent, ...]
    contact: str
    placed: str
    delivery: str = ""
    note: str = ""
    wishes: tuple[str, ...] = ()
    pay_url: str = ""
    giving_url: str = ""
    payouts: tuple[PayoutRow, ...] = ()
    receipt: ReceiptLink | None = None
    parcels: tuple[SentParcel, ...] = ()
    ways: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    asked: tuple[AskedSize, ...] = ()


class FindOrderPage(Page, frozen=True, kw_only=True):
    """`sent` shows the same answer whether or not there was such an order."""

    find_url: str
    email: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()
