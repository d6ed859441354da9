"""Money as whole minor units of one currency: no floats, no mixing, nothing lost in a split."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Self

from shop.core.languages import _

# ISO 4217 currencies whose minor unit is not a hundredth, as Stripe charges them
# (https://docs.stripe.com/currencies: "Zero-decimal" and "Three-decimal currencies").
ZERO_DECIMAL = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split())
THREE_DECIMAL = frozenset("BHD JOD KWD OMR TND".split())
# Whole units only, although Stripe wants them written in hundredths (same page, "Special cases").
WHOLE_UNITS = frozenset({"ISK", "UGX"})
_CODE = re.compile(r"[A-Z]{3}")


class ForeignCurrency(TypeError):
    """Two currencies met in one sum."""


class BadAmount(ValueError):
    """A typed amount that is no amount of this currency."""


def decimals(currency: str) -> int:
    """How many digits stand behind the point: 0, 2 or 3."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def step(currency: str) -> int:
    """The smallest difference that can be charged, in minor units: Stripe takes three-decimal amounts in tens."""
    if currency in WHOLE_UNITS:
        return 100
    return 10 if currency in THREE_DECIMAL else 1


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units (`Money(1999, "USD")` is 19.99 dollars) and its ISO 4217 code."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"money is counted in whole minor units, not {type(self.minor).__name__}")
        if not _CODE.fullmatch(self.currency):
            raise ValueError(f"not an ISO currency code: {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read what a person typed ("5", "5.00", "$5", "5,00"); raises BadAmount.

        A comma is read as the decimal point unless a point follows it, then it groups thousands.
        """
        cleaned = re.sub(r"[\s$€£¥_']", "", text)
        cleaned = cleaned.replace(",", "") if "." in cleaned else cleaned.replace(",", ".")
        if len(cleaned) > 15 or not re.fullmatch(r"[0-9]+(\.[0-9]*)?", cleaned, re.ASCII):
            raise BadAmount(_("Enter an amount in figures, such as 5 or 12.50."))
        try:
            scaled = Decimal(cleaned).scaleb(decimals(currency))
        except InvalidOperation as error:
            raise BadAmount(_("Enter an amount in figures, such as 5 or 12.50.")) from error
        if scaled != scaled.to_integral_value():
            raise BadAmount(
                _("%(currency)s has %(count)s digits behind the point.", currency=currency, count=decimals(currency))
            )
        if int(scaled) % step(currency):
            smallest = Decimal(step(currency)).scaleb(-decimals(currency))
            raise BadAmount(_("%(currency)s is paid in steps of %(step)s.", currency=currency, step=f"{smallest:f}"))
        return cls(int(scaled), currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            raise TypeError("multiply money by whole numbers; use basis_points() for shares")
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def basis_points(self, points: int) -> Money:
        """A share of the amount in hundredths of a percent, half a minor unit rounded up, away from zero."""
        sign = -1 if self.minor * points < 0 else 1
        return Money(sign * ((abs(self.minor * points) + 5_000) // 10_000), self.currency)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Shares by weight whose sum is exactly the whole (largest remainder; ties go to the first)."""
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("weights must be positive in sum and never negative")
        floors = [self.minor * weight // whole for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(self.minor * weights[i] % whole), i))
        for i in by_remainder[: self.minor - sum(floors)]:
            floors[i] += 1
        return [Money(minor, self.currency) for minor in floors]

    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-decimals(self.currency))

    def __str__(self) -> str:
        return f"{self.decimal():f} {self.currency}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ForeignCurrency(f"{self.currency} and {other.currency} do not add up")
        return other.minor


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of any number of amounts, zero for none."""
    answer = Money.zero(currency)
    for amount in amounts:
        answer = answer + amount
    return answer
