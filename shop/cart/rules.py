"""The cart as a value: what is wanted, kept small enough for a cookie, and changed by making a new one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Self

from msgspec import Struct, field
from msgspec.structs import replace

from shop.core import codes
from shop.core.columns import Json
from shop.core.errors import Invalid
from shop.core.languages import _

MOST_LINES = 20
MOST_OF_ONE = 20
LONGEST_ID = 64  # what an order has room for
LARGEST_NUMBER = 2**31 - 1  # what every engine takes as an id or an amount
MOST_FUNDS = 12
MOST_CLAIMS = 5
MOST_WEIGHT = 100
GIFT_KINDS = ("preset", "own", "round_up")
_SOURCE = re.compile(r"[a-z0-9-]{0,40}")
_COUNTRY = re.compile(r"([A-Z]{2})?")
GiftKind = Literal["preset", "own", "round_up"]


class CartLine(Struct, frozen=True):
    """So many of a variant, and the unit price (minor units) that was on the page when it was put in."""

    variant_id: int
    quantity: int
    seen_price: int


class GiftChoice(Struct, frozen=True):
    """What the visitor chose to give. `minor` is the amount; for round_up it is the step that the total is lifted to.

    `shares` are (fund id, weight) pairs, empty for *where it is needed most*. `cover` adds the card fee; `thank` allows
    to be thanked by name in public, `tell` lets the fund learn name and e-mail: each False unless it was ticked.
    """

    kind: GiftKind
    minor: int
    shares: tuple[tuple[int, int], ...] = ()
    cover: bool = False
    thank: bool = False
    tell: bool = False
    campaign: str = ""


class Cart(Struct, frozen=True):
    """`id` is 128 random bits and more; an order remembers it, so that a cart is paid for once.

    `country` is where it should go (ISO 3166 alpha-2), empty until the visitor says so; `region` and `postcode` are
    where in it, as far as prices depend on it, and `rate_id` the way it is sent (0: the usual one). `code`: a discount.
    `browser` is random too and stays when the cart is spent: limits for each customer are counted by it. `source` is
    the word of the link that led to the last tee put in (a poster's; the same for everybody), empty for none.
    `claims` are secrets of mailed links: one unit is kept for the holder of each.
    """

    id: str
    lines: tuple[CartLine, ...] = ()
    gift: GiftChoice | None = None
    country: str = ""
    region: str = ""
    postcode: str = ""
    rate_id: int = 0
    code: str = ""
    browser: str = field(default_factory=codes.new_token)
    source: str = ""
    claims: tuple[str, ...] = ()

    @classmethod
    def new(cls) -> Self:
        return cls(id=codes.new_token())

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    def adding(self, variant_id: int, quantity: int, *, price: int) -> Cart:
        """More of a variant; raises Invalid beyond the limits. The price seen last is the one remembered."""
        there = {line.variant_id: line for line in self.lines}
        wanted = quantity + (there[variant_id].quantity if variant_id in there else 0)
        _check_quantity(quantity, least=1)
        _check_quantity(wanted, least=1)
        if variant_id not in there and len(there) >= MOST_LINES:
            raise Invalid(_("A cart holds %(most)s different tees at most.", most=MOST_LINES), field="quantity")
        there[variant_id] = CartLine(variant_id, wanted, price)
        return replace(self, lines=tuple(there.values()))

    def with_quantity(self, variant_id: int, quantity: int) -> Cart:
        """Exactly so many of a variant that is in the cart; none removes it. Raises Invalid beyond the limits."""
        _check_quantity(quantity, least=0)
        if quantity == 0:
            return self.without(variant_id)
        changed = (replace(line, quantity=quantity) if line.variant_id == variant_id else line for line in self.lines)
        return replace(self, lines=tuple(changed))

    def without(self, variant_id: int) -> Cart:
        return replace(self, lines=tuple(line for line in self.lines if line.variant_id != variant_id))

    def giving(self, gift: GiftChoice | None) -> Cart:
        return replace(self, gift=gift)

    def led_by(self, source: str) -> Cart:
        """From a link with a source; one without changes nothing."""
        return replace(self, source=source) if source else self

    def claiming(self, token: str) -> Cart:
        """With a unit that is kept for the holder of `token`; the eldest claims beyond `MOST_CLAIMS` are let go."""
        others = (one for one in self.claims if one != token)
        return replace(self, claims=(*others, token)[-MOST_CLAIMS:])

    def going_to(self, country: str, *, region: str = "", postcode: str = "", rate_id: int = 0) -> Cart:
        """To another place; what was chosen for the place before is forgotten."""
        return replace(self, country=country, region=region, postcode=postcode, rate_id=rate_id)

    def coded(self, code: str) -> Cart:
        """With this discount code, or none for an empty one."""
        return replace(self, code=code)

    def less(self, bought: Mapping[int, int]) -> Cart:
        """What is still wanted once these units (by variant) were paid for: a new cart, with no gift and no code."""
        left = ((line, line.quantity - bought.get(line.variant_id, 0)) for line in self.lines)
        lines = tuple(replace(line, quantity=quantity) for line, quantity in left if quantity > 0)
        place = self.country, self.region, self.postcode, self.rate_id
        cart = replace(Cart.new(), lines=lines, browser=self.browser)
        return cart.going_to(place[0], region=place[1], postcode=place[2], rate_id=place[3])

    def seeing_prices(self, prices: Iterable[tuple[int, int]]) -> Cart:
        """The same with the prices that were shown now, so that a change is told once."""
        shown = dict(prices)
        lines = (replace(line, seen_price=shown.get(line.variant_id, line.seen_price)) for line in self.lines)
        return replace(self, lines=tuple(lines))

    def packed(self) -> Json:
        """As short as it goes, for the cookie."""
        gift = None if self.gift is None else _packed_gift(self.gift)
        lines = [[line.variant_id, line.quantity, line.seen_price] for line in self.lines]
        named = {"i": self.id, "c": self.country, "k": self.code, "b": self.browser, "s": self.source}
        claims = {"m": list(self.claims)} if self.claims else {}
        return named | claims | {"l": lines, "g": gift, "r": self.region, "p": self.postcode, "d": self.rate_id}

    @classmethod
    def unpacked(cls, packed: Any) -> Self | None:
        """What `packed` made, or None for anything else: a cookie of an older form is no reason to fail."""
        try:
            lines = tuple(CartLine(*line) for line in packed["l"])
            gift = None if packed["g"] is None else _unpacked_gift(packed["g"])
            cart = cls(
                id=packed["i"],
                lines=lines,
                gift=gift,
                country=packed["c"],
                code=packed.get("k", ""),
                browser=packed.get("b", packed["i"]),
                source=packed.get("s", ""),
                claims=tuple(packed.get("m", ())),
                region=packed.get("r", ""),
                postcode=packed.get("p", ""),
                rate_id=packed.get("d", 0),
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            return None
        return cart if _is_whole(cart) else None


def fingerprint(*parts: object) -> str:
    """A short hash of what an order is made from: the same cart gives the same order, a changed one another."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _is_whole(cart: Cart) -> bool:
    """Whether every part of what a cookie said is of its kind and within the limits."""
    words = (cart.code, cart.region, cart.postcode, cart.source, *cart.claims)
    names = all(isinstance(name, str) for name in (cart.id, cart.country, cart.browser, *words))
    amounts = [cart.rate_id, *(number for line in cart.lines for number in (line.variant_id, line.seen_price))]
    gifts = [] if cart.gift is None else [cart.gift]
    return (
        names
        and all(0 < len(name) <= LONGEST_ID for name in (cart.id, cart.browser))
        and all(len(word) <= LONGEST_ID for word in words)
        and _COUNTRY.fullmatch(cart.country) is not None
        and _SOURCE.fullmatch(cart.source) is not None
        and all(gift.kind in GIFT_KINDS for gift in gifts)
        and all(_is_number(number) for number in [*amounts, *(number for gift in gifts for number in _numbers(gift))])
        and all(len(gift.shares) <= MOST_FUNDS for gift in gifts)
        and all(_is_number(line.quantity) and 1 <= line.quantity <= MOST_OF_ONE for line in cart.lines)
        and len(cart.claims) <= MOST_CLAIMS
        and len({line.variant_id for line in cart.lines}) == len(cart.lines) <= MOST_LINES
    )


def _packed_gift(gift: GiftChoice) -> list[Any]:
    """As short as it goes; the ticks as three bits."""
    ticks = gift.cover | gift.thank << 1 | gift.tell << 2
    return [gift.kind, gift.minor, [list(share) for share in gift.shares], ticks]


def _unpacked_gift(packed: Any) -> GiftChoice:
    """Of this form or the one before it, which had an amount only; raises TypeError for anything else."""
    kind, minor, shares, ticks = packed if len(packed) == 4 else [*packed, [], 0]
    pairs = tuple((fund, weight) for fund, weight in shares)
    return GiftChoice(kind, minor, pairs, bool(ticks & 1), bool(ticks & 2), bool(ticks & 4))


def _numbers(gift: GiftChoice) -> list[object]:
    """Every number that a gift holds."""
    return [gift.minor, *(number for share in gift.shares for number in share)]


def _is_number(value: object) -> bool:
    """A whole number that every engine takes; `True` is none."""
    return type(value) is int and 0 <= value <= LARGEST_NUMBER


def _check_quantity(quantity: int, *, least: int) -> None:
    if not least <= quantity <= MOST_OF_ONE:
        raise Invalid(
            _("Choose from %(least)s to %(most)s of one tee.", least=least, most=MOST_OF_ONE), field="quantity"
        )
