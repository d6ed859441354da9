"""Reads of delivery, from memory until staff change it: three statements however many zones and rates there are."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from babel import Locale
from sqlalchemy import Executable, select

from shop.core.columns import AnyRow
from shop.core.database import table
from shop.core.editions import kept_until_changed
from shop.core.languages import spoken
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.delivery.models import DeliveryRate, Zone, ZoneCountry
from shop.delivery.rules import Country, Rate, ZoneView


def zones() -> tuple[ZoneView, ...]:
    """All zones in the order staff gave them. That there are none is not kept: a store that is being opened sells as
    soon as it has the first.
    """
    return _kept() or read_zones()


@kept_until_changed
def _kept() -> tuple[ZoneView, ...]:
    return read_zones()


def read_zones() -> tuple[ZoneView, ...]:
    """The same from the database, as it is at this moment."""
    served, offered = _served(), _offered()
    return tuple(
        ZoneView(
            id=zone_id,
            name=name,
            rate=Money(minor, currency),
            free_from=None if free_from is None else Money(free_from, currency),
            estimate=estimate,
            note=note,
            countries=tuple(served[zone_id]),
            rates=tuple(offered[zone_id]),
        )
        for zone_id, name, minor, free_from, currency, estimate, note in _zones()
    )


def countries() -> list[Country]:
    """Every country we send to by name, the home country before all others."""
    names = Locale.parse(spoken().locale).territories
    found = [Country(code, names.get(code, code), zone) for zone in zones() for code in zone.countries]
    return found[:1] + sorted(found[1:], key=lambda country: _alphabetical(country.name))


@prepared
def _zones() -> Executable:
    row = table(Zone).c
    named = (row.id, row.name, row.price_minor, row.free_from_minor, row.currency, row.estimate, row.note)
    return select(*named).order_by(row.position, row.id)


@prepared
def _countries() -> Executable:
    row = table(ZoneCountry).c
    return select(row.zone_id, row.country).order_by(row.position)


@prepared
def _rates() -> Executable:
    row = table(DeliveryRate).c
    return select(table(DeliveryRate)).order_by(row.position, row.id)


def _served() -> dict[int, list[str]]:
    served: dict[int, list[str]] = defaultdict(list)
    for zone_id, country in _countries():
        served[zone_id].append(country)
    return served


def _offered() -> dict[int, list[Rate]]:
    offered: dict[int, list[Rate]] = defaultdict(list)
    for row in _rates():
        offered[row.zone_id].append(_rate(row))
    return offered


def _rate(row: AnyRow) -> Rate:
    return Rate(
        id=row.id,
        name=row.name,
        price=Money(row.price_minor, row.currency),
        free_from=None if row.free_from_minor is None else Money(row.free_from_minor, row.currency),
        estimate=row.estimate,
        from_grams=row.from_grams,
        to_grams=row.to_grams,
        from_goods=row.from_goods_minor,
        to_goods=row.to_goods_minor,
        postcodes=tuple(start for start in row.postcodes.split(",") if start),
        pickup=row.pickup,
        place=row.place,
    )


def _alphabetical(name: str) -> str:
    """Without marks and case, so that Åland stands among the As."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()
