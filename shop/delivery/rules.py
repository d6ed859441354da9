"""What delivery costs."""

from __future__ import annotations

from dataclasses import dataclass

from shop.core.money import Money


@dataclass(frozen=True, slots=True)
class ZoneView:
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


@dataclass(frozen=True, slots=True)
class Country:
    """A country we send to, by its ISO 3166 alpha-2 code and its name in the language spoken."""

    code: str
    name: str
    zone: ZoneView


def price(zone: ZoneView, goods: Money) -> Money:
    """What sending `goods` (their sum after discounts, without gifts and tax) to the zone costs."""
    if zone.free_from is not None and zone.free_from <= goods:
        return Money.zero(zone.rate.currency)
    return zone.rate
