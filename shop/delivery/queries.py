"""Reads of delivery: two statements however many zones and countries there are."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from babel import Locale
from sqlalchemy import select

from shop.core.database import session
from shop.core.languages import spoken
from shop.core.money import Money
from shop.delivery.models import Zone, ZoneCountry
from shop.delivery.rules import Country, ZoneView


def zones() -> list[ZoneView]:
    """All zones in the order staff gave them."""
    served = _served()
    rows = session().execute(
        select(
            Zone.id, Zone.name, Zone.price_minor, Zone.free_from_minor, Zone.currency, Zone.estimate, Zone.note
        ).order_by(Zone.position, Zone.id)
    )
    return [
        ZoneView(
            id=zone_id,
            name=name,
            rate=Money(minor, currency),
            free_from=None if free_from is None else Money(free_from, currency),
            estimate=estimate,
            note=note,
            countries=tuple(served[zone_id]),
        )
        for zone_id, name, minor, free_from, currency, estimate, note in rows
    ]


def countries() -> list[Country]:
    """Every country we send to by name, the home country before all others."""
    names = Locale.parse(spoken().locale).territories
    found = [Country(code, names.get(code, code), zone) for zone in zones() for code in zone.countries]
    return found[:1] + sorted(found[1:], key=lambda country: _alphabetical(country.name))


def _served() -> dict[int, list[str]]:
    rows = session().execute(select(ZoneCountry.zone_id, ZoneCountry.country).order_by(ZoneCountry.position))
    served: dict[int, list[str]] = defaultdict(list)
    for zone_id, country in rows:
        served[zone_id].append(country)
    return served


def _alphabetical(name: str) -> str:
    """Without marks and case, so that Åland stands among the As."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()
