"""Which ways there are to get a parcel, and what they cost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.languages import _
from shop.core.money import Money

_POSTCODE = re.compile(r"[A-Z0-9]{2,10}")  # the longest of the Universal Postal Union's are ten signs


class Rate(Struct, frozen=True):
    """One way to get a parcel: from so many grams and so much of goods on, and below so much (None: no bound)."""

    id: int
    name: str
    price: Money
    free_from: Money | None
    estimate: str
    from_grams: int = 0
    to_grams: int | None = None
    from_goods: int = 0
    to_goods: int | None = None
    postcodes: tuple[str, ...] = ()
    pickup: bool = False
    place: str = ""

    def carries(self, goods: Money, grams: int) -> bool:
        """Whether the parcel is within its bounds."""
        heavy = self.to_grams is not None and grams >= self.to_grams
        dear = self.to_goods is not None and goods.minor >= self.to_goods
        return self.from_grams <= grams and self.from_goods <= goods.minor and not heavy and not dear

    def serves(self, postcode: str) -> bool:
        """Whether it is meant for this very postcode."""
        return bool(postcode) and any(postcode.startswith(start) for start in self.postcodes)


class Option(Struct, frozen=True):
    """A way to get this parcel, with what it costs; `rate_id` is 0 for the zone's own price."""

    rate_id: int
    name: str
    price: Money
    estimate: str
    pickup: bool = False
    place: str = ""


class ZoneView(Struct, frozen=True):
    """A zone with the countries it serves, in the order staff gave them.

    `free_from` is the goods from which delivery is free, None: never; `note` is what buyers there should know.
    """

    id: int
    name: str
    rate: Money
    free_from: Money | None
    estimate: str
    note: str | None
    countries: tuple[str, ...]
    rates: tuple[Rate, ...] = ()

    @property
    def mark(self) -> str:
        """Changes with anything that staff say of it, but for its ways to send."""
        told = (self.name, self.rate, self.free_from, self.estimate, self.note, self.countries)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    @property
    def by_postcode(self) -> bool:
        """Whether the price may depend on where in the country it goes."""
        return any(rate.postcodes for rate in self.rates)


class Country(Struct, frozen=True):
    """A country we send to, by its ISO 3166 alpha-2 code and its name in the language spoken."""

    code: str
    name: str
    zone: ZoneView


def options(zone: ZoneView, *, goods: Money, grams: int, postcode: str = "") -> list[Option]:
    """Every way to get a parcel of `grams` with `goods` (after discounts, without gifts and tax); at least one.

    Rates meant for the postcode come in place of the others; where no rate fits, the zone's own price holds.
    """
    fitting = [rate for rate in zone.rates if rate.carries(goods, grams)]
    sent = [rate for rate in fitting if rate.serves(read_postcode(postcode))]
    sent = sent or [rate for rate in fitting if not rate.pickup and not rate.postcodes]
    collected = [rate for rate in fitting if rate.pickup and not rate.postcodes]
    ways = [_option(rate, goods) for rate in (*sent, *collected)]
    own = Option(0, "", price(zone.rate, zone.free_from, goods), zone.estimate)
    return ways if sent else [own, *ways]


def chosen(ways: Sequence[Option], rate_id: int) -> Option:
    """The way that was chosen, or the first where it is not offered (any more)."""
    return next((way for way in ways if way.rate_id == rate_id), ways[0])


def read_postcode(typed: str) -> str:
    """As it is compared: capitals and figures only."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())[:12]


def check_postcode(typed: str) -> None:
    """Raises Invalid, beside `postcode`, for what can be none anywhere; nothing typed is fine."""
    bare = "".join(typed.upper().replace("-", " ").split())
    if bare and not _POSTCODE.fullmatch(bare):
        raise Invalid(_("A postcode has 2 to 10 letters or figures. Check it for mistakes."), field="postcode")


def price(rate: Money, free_from: Money | None, goods: Money) -> Money:
    """What sending costs: nothing from `free_from` on."""
    return rate * 0 if free_from is not None and free_from <= goods else rate


def _option(rate: Rate, goods: Money) -> Option:
    cost = price(rate.price, rate.free_from, goods)
    return Option(rate.id, rate.name, cost, rate.estimate, rate.pickup, rate.place)
