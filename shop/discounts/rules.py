"""What an offer takes off, why it may not be used, and which of several counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from shop.core.errors import Invalid
from shop.core.formats import date_text, money_text
from shop.core.languages import _
from shop.core.money import Money, step, total
from shop.core.zones import HOME, on_wall

Kind = Literal["percent", "fixed", "free_delivery", "buy_get"]
KINDS: dict[Kind, str] = {
    "percent": "A percentage off",
    "fixed": "An amount off",
    "free_delivery": "Free delivery",
    "buy_get": "Buy some, get some for less",
}
WHOLE = 10_000  # basis points
MOST_CODES = 5_000  # in one batch
_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,38}[A-Z0-9])?")


class Terms(Struct, frozen=True):
    """What an offer says. `basis_points` is set for percent and buy_get, `amount` for fixed, the units for buy_get.

    `minimum` is what goods in its scope must come to. The scope is `product_ids` and what `collection_ids` hold at the
    moment; without any it is everything. Times are UTC, `ends_at` the first moment when it is over. Limits are None for
    no limit.
    """

    name: str
    kind: Kind
    automatic: bool
    basis_points: int | None = None
    amount: Money | None = None
    buy_units: int | None = None
    get_units: int | None = None
    minimum: Money | None = None
    product_ids: frozenset[int] = frozenset()
    collection_ids: frozenset[int] = frozenset()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    most_uses: int | None = None
    most_per_customer: int | None = None

    @property
    def everything(self) -> bool:
        """Whether it is for all tees. One for a collection with nothing in it is for none."""
        return not self.product_ids and not self.collection_ids


class Offer(Struct, frozen=True):
    """An offer as a cart meets it; `code` is the one that was typed, `code_left` how often that may still be used.

    `uses_left` and `customer_left` are None where there is no limit.
    """

    id: int
    terms: Terms
    active: bool
    code: str = ""
    code_id: int | None = None
    code_left: int | None = None
    uses_left: int | None = None
    customer_left: int | None = None


class Names(Struct, frozen=True):
    """What took something off the goods, and what off the delivery: "Spring sale (SPRING)"; empty for nothing."""

    goods: str = ""
    delivery: str = ""


class Piece(Struct, frozen=True):
    """A cart line as an offer sees it."""

    product_id: int
    unit_price: Money
    quantity: int

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity


def holding(offer: Offer, held: Mapping[int, frozenset[int]]) -> Offer:
    """The offer with what its collections hold (ids of products by collection) among its products."""
    products = offer.terms.product_ids.union(*(held.get(one, frozenset()) for one in offer.terms.collection_ids))
    return replace(offer, terms=replace(offer.terms, product_ids=products))


def read_code(typed: str) -> str:
    """A code as it is kept: capitals, no spaces. Raises Invalid, beside the field `code`, for what can be none."""
    code = "".join(typed.upper().split())
    if not _CODE.fullmatch(code):
        raise Invalid(_("A code has letters, figures and dashes. Check it for mistakes."), field="code")
    return code


def check(terms: Terms) -> None:
    """Raises Invalid, naming the field, for an offer that contradicts itself."""
    shares = terms.basis_points is not None and 0 < terms.basis_points <= WHOLE
    units = (terms.buy_units or 0) > 0 and (terms.get_units or 0) > 0
    rules = {
        ("name", "Give it a name that customers may read."): bool(terms.name.strip()),
        ("value", "Enter a share above 0 and up to 100 percent."): shares or terms.kind not in ("percent", "buy_get"),
        ("value", "Enter an amount above nothing."): terms.kind != "fixed" or _positive(terms.amount),
        ("buy_units", "Enter how many are bought, and how many of them cost less."): units or terms.kind != "buy_get",
        ("minimum", "A minimum lies above nothing."): terms.minimum is None or _positive(terms.minimum),
        ("ends_at", "It ends after it starts."): not (terms.starts_at and terms.ends_at)
        or terms.starts_at < terms.ends_at,
        ("most_uses", "A limit is 1 or more."): all(
            most is None or most > 0 for most in (terms.most_uses, terms.most_per_customer)
        ),
    }
    for (field, sentence), holds in rules.items():
        if not holds:
            raise Invalid(sentence, field=field)


def off(terms: Terms, pieces: Sequence[Piece]) -> list[Money]:
    """What each piece costs less; nothing is lost in the split and no piece falls below nothing."""
    if terms.kind == "buy_get":
        return _cheapest_off(terms, pieces)
    totals = [piece.total if _covers(terms, piece) else piece.total * 0 for piece in pieces]
    whole = total(totals, pieces[0].unit_price.currency) if pieces else None
    if whole is None or not whole or terms.kind == "free_delivery":
        return [piece.total * 0 for piece in pieces]
    if terms.kind == "percent":
        lowered = rounded(whole.basis_points(terms.basis_points or 0))
    else:
        lowered = min(terms.amount or whole, whole, key=lambda one: one.minor)
    return _split(lowered, totals)


def why_not(offer: Offer, pieces: Sequence[Piece], *, now: datetime, zone: str = HOME) -> str | None:
    """Why an offer cannot be used here, in a sentence for the visitor with days by the clock of `zone`; else None."""
    terms = offer.terms
    if not offer.active:
        return _("This code is not in use at the moment.")
    if terms.starts_at and now < terms.starts_at:
        return _("This code can be used from %(date)s.", date=date_text(on_wall(terms.starts_at, zone).date()))
    if terms.ends_at and terms.ends_at <= now:
        last = on_wall(terms.ends_at - timedelta(microseconds=1), zone).date()
        return _("This code ended on %(date)s.", date=date_text(last))
    if _none(offer.code_left) or _none(offer.uses_left):
        return _("This code has been used as often as it can be.")
    if _none(offer.customer_left):
        return _("This code has been used from this browser as often as each customer may.")
    return _out_of_scope(terms, pieces)


def rounded(amount: Money) -> Money:
    """Down to what can be charged in this currency (Stripe charges three-decimal amounts in tens)."""
    return Money(amount.minor - amount.minor % step(amount.currency), amount.currency)


def better(one: Sequence[Money], other: Sequence[Money]) -> bool:
    """Whether one set of shares takes more off than another."""
    return sum(share.minor for share in one) > sum(share.minor for share in other)


def called(name: str, code: str | None) -> str:
    """ "Spring sale (SPRING)", without the code for an automatic one."""
    return f"{name} ({code})" if code else name


def summary(terms: Terms) -> str:
    """ "10% off", "$5.00 off", "Free delivery", "Buy 2, get 1 free"."""
    if terms.kind == "free_delivery":
        return "Free delivery"
    if terms.kind == "fixed" and terms.amount:
        return f"{money_text(terms.amount)} off"
    share = f"{(terms.basis_points or 0) / 100:g}% off"
    if terms.kind == "percent":
        return share
    reward = "free" if terms.basis_points == WHOLE else share
    return f"Buy {terms.buy_units}, get {terms.get_units} {reward}"


def _covers(terms: Terms, piece: Piece) -> bool:
    return terms.everything or piece.product_id in terms.product_ids


def _out_of_scope(terms: Terms, pieces: Sequence[Piece]) -> str | None:
    covered = [piece for piece in pieces if _covers(terms, piece)]
    if not covered:
        return _("This code is for other tees than those in your cart.")
    goods = total((piece.total for piece in covered), covered[0].unit_price.currency)
    if terms.minimum and goods < terms.minimum:
        return _(
            "This code is for tees of %(least)s or more; yours come to %(goods)s.",
            least=money_text(terms.minimum),
            goods=money_text(goods),
        )
    if terms.kind == "buy_get" and sum(piece.quantity for piece in covered) < _group(terms):
        return _("This code is for %(count)s tees or more.", count=_group(terms))
    return None


def _cheapest_off(terms: Terms, pieces: Sequence[Piece]) -> list[Money]:
    """Of each full group the cheapest units cost less, as shops in the street do it."""
    units = [
        (piece.unit_price.minor, number)
        for number, piece in enumerate(pieces)
        if _covers(terms, piece)
        for _ in range(piece.quantity)
    ]
    lowered = sorted(units)[: len(units) // _group(terms) * (terms.get_units or 0)]
    shares = [piece.total * 0 for piece in pieces]
    for minor, number in lowered:
        each = Money(minor, pieces[number].unit_price.currency)
        shares[number] = shares[number] + rounded(each.basis_points(terms.basis_points or 0))
    return shares


def _group(terms: Terms) -> int:
    return (terms.buy_units or 0) + (terms.get_units or 0)


def _split(amount: Money, totals: Sequence[Money]) -> list[Money]:
    """By the size of each total, in the steps that can be charged; largest remainder."""
    size = step(amount.currency)
    shares = Money(amount.minor // size, amount.currency).split([one.minor for one in totals])
    return [share * size for share in shares]


def _none(left: int | None) -> bool:
    return left is not None and left <= 0


def _positive(amount: Money | None) -> bool:
    return amount is not None and amount.minor > 0


def usable(offers: Iterable[Offer], pieces: Sequence[Piece], *, now: datetime) -> list[Offer]:
    """Those that nothing stands against."""
    return [offer for offer in offers if why_not(offer, pieces, now=now) is None]
