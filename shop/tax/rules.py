"""What tax comes to. Two providers behind one interface; each says what is known before the payment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.money import Money, step, total

Provider = Literal["table", "stripe"]
PROVIDERS: dict[Provider, str] = {
    "table": "Our own table of rates",
    "stripe": "Stripe Tax, added on the payment page",
}
WHOLE = 10_000  # basis points
_REGION = re.compile(r"[A-Z0-9]{1,3}")


class Policy(Struct, frozen=True):
    """Who reckons the tax, and whether prices have it in them."""

    provider: Provider = "table"
    inclusive: bool = False


class Rate(Struct, frozen=True):
    """A flat rate. `region` is the second half of an ISO 3166-2 code, empty for the whole country."""

    id: int
    country: str
    region: str
    region_name: str
    name: str
    basis_points: int
    on_delivery: bool
    source: str
    looked_up: date

    @property
    def label(self) -> str:
        """ "VAT 19%"."""
        return f"{self.name} {self.basis_points / 100:g}%"


class Taxes(Struct, frozen=True):
    """The tax of each line and of the delivery, in the order of the lines.

    `inclusive`: it is in the prices and adds nothing. `pending`: it will be known when it is paid. `name` says which.
    """

    lines: tuple[Money, ...]
    delivery: Money
    inclusive: bool
    provider: Provider
    name: str = ""

    @property
    def whole(self) -> Money:
        return total(self.lines, self.delivery.currency) + self.delivery

    @property
    def added(self) -> Money:
        """What comes on top of the prices."""
        return self.whole * 0 if self.inclusive else self.whole

    @property
    def included(self) -> Money:
        """What the prices contain."""
        return self.whole if self.inclusive else self.whole * 0

    @property
    def pending(self) -> bool:
        return self.provider == "stripe"


class TaxProvider(Protocol):
    """Says what tax is known now for what is paid for each line (after discounts) and for the delivery."""

    def taxes(self, nets: Sequence[Money], delivery: Money) -> Taxes: ...


class FlatRate(Struct, frozen=True):
    """The store's own table; no rate means no tax."""

    rate: Rate | None
    inclusive: bool

    def taxes(self, nets: Sequence[Money], delivery: Money) -> Taxes:
        """Each line is rounded by itself, half up, to what can be charged in the currency."""
        if self.rate is None:
            return Taxes(tuple(net * 0 for net in nets), delivery * 0, self.inclusive, "table")
        lines = tuple(self._tax(net) for net in nets)
        on_delivery = self._tax(delivery) if self.rate.on_delivery else delivery * 0
        return Taxes(lines, on_delivery, self.inclusive, "table", self.rate.label)

    def _tax(self, paid: Money) -> Money:
        points = self.rate.basis_points if self.rate else 0
        size = step(paid.currency)
        parts = (WHOLE + points if self.inclusive else WHOLE) * size
        return Money((paid.minor * points + parts // 2) // parts * size, paid.currency)


class StripeTax(Struct, frozen=True):
    """Stripe reckons once it knows the address, so nothing is known before."""

    inclusive: bool

    def taxes(self, nets: Sequence[Money], delivery: Money) -> Taxes:
        return Taxes(tuple(net * 0 for net in nets), delivery * 0, self.inclusive, "stripe")


def provider_of(policy: Policy, rate: Rate | None) -> TaxProvider:
    """Who reckons, for an address in the country and region that `rate` is for."""
    return StripeTax(policy.inclusive) if policy.provider == "stripe" else FlatRate(rate, policy.inclusive)


def best_rate(rates: Sequence[Rate], country: str, region: str) -> Rate | None:
    """The rate of the region, else that of the whole country."""
    here = [rate for rate in rates if rate.country == country]
    found = [rate for rate in here if rate.region and rate.region == region]
    return next(iter(found or [rate for rate in here if not rate.region]), None)


def regions(rates: Sequence[Rate], country: str) -> dict[str, str]:
    """Regions of a country that have a rate of their own: code to name, in the order of their names."""
    found = {rate.region: rate.region_name or rate.region for rate in rates if rate.country == country and rate.region}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def check(rate: Rate) -> None:
    """Raises Invalid, naming the field, for a rate that makes no sense."""
    rules = {
        ("country", "Choose the country by its two letters."): re.fullmatch(r"[A-Z]{2}", rate.country) is not None,
        ("region", "A region is the part behind the dash of its ISO code, such as CA for US-CA."): not rate.region
        or _REGION.fullmatch(rate.region) is not None,
        ("name", "Say what it is called, such as VAT or Sales tax."): bool(rate.name.strip()),
        ("percent", "Enter a rate above 0 and up to 50 percent."): 0 < rate.basis_points <= WHOLE // 2,
        ("source", "Say where the rate was looked up."): bool(rate.source.strip()),
    }
    for (field, sentence), holds in rules.items():
        if not holds:
            raise Invalid(sentence, field=field)
