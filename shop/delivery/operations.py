"""Writes of delivery. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale
from sqlalchemy import func, insert, select

from shop.core.database import session
from shop.core.errors import Invalid
from shop.core.languages import ENGLISH
from shop.core.money import Money
from shop.delivery.models import Zone, ZoneCountry

NAMES = Locale.parse(ENGLISH.locale).territories


def add_zone(
    *, name: str, countries: Sequence[str], rate: Money, free_from: Money | None, estimate: str, note: str | None
) -> int:
    """Add a zone after those there are; returns its id.

    Raises Invalid for a country that is unknown, named twice or served by another zone, and for amounts that make no
    sense together.
    """
    _check_amounts(rate, free_from)
    _check_countries(countries)
    zone = Zone(
        name=name,
        price_minor=rate.minor,
        free_from_minor=None if free_from is None else free_from.minor,
        currency=rate.currency,
        estimate=estimate,
        note=note,
        position=session().execute(select(func.count()).select_from(Zone)).scalar_one(),
    )
    session().add(zone)
    session().flush()
    session().execute(
        insert(ZoneCountry),
        [{"country": code, "zone_id": zone.id, "position": position} for position, code in enumerate(countries)],
    )
    return zone.id


def _check_amounts(rate: Money, free_from: Money | None) -> None:
    if rate.minor < 0:
        raise Invalid("Delivery costs nothing or more.", field="rate")
    if free_from is not None and (free_from.currency != rate.currency or free_from.minor <= 0):
        raise Invalid("Delivery is free from an amount above nothing, in the currency of its price.", field="free_from")


def _check_countries(countries: Sequence[str]) -> None:
    known = {code for code in countries if len(code) == 2 and code.isalpha() and code in NAMES}
    if not countries or len(known) != len(countries):
        raise Invalid("Name each country once, by its two letters, such as US or GB.", field="countries")
    taken = session().execute(select(ZoneCountry.country).where(ZoneCountry.country.in_(known))).scalars()
    if names := sorted(NAMES[code] for code in taken):
        raise Invalid(f"Another zone serves {', '.join(names)} already.", field="countries")
