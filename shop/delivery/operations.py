"""Writes of delivery. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from shop.core.database import rows_changed, session
from shop.core.editions import next_edition
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.money import Money
from shop.delivery.countries import NAMES, served
from shop.delivery.models import DeliveryRate, Zone, ZoneCountry
from shop.delivery.queries import read_zones
from shop.delivery.rules import Rate, ZoneView


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
        **_told(name=name, rate=rate, free_from=free_from, estimate=estimate, note=note),
        position=session().execute(select(func.count()).select_from(Zone)).scalar_one(),
    )
    session().add(zone)
    session().flush()
    _serve(zone.id, countries)
    next_edition()
    return zone.id


def change_zone(
    zone_id: int,
    *,
    name: str,
    countries: Sequence[str],
    rate: Money,
    free_from: Money | None,
    estimate: str,
    note: str | None,
    seen: str,
) -> None:
    """Say something else of a zone; orders keep what they were quoted.

    `seen` is the `mark` of what was changed. Raises Invalid as `add_zone` does, NotFound, and Conflict when somebody
    else changed it since.
    """
    there = locked_zone(zone_id)
    if there.mark != seen:
        raise Conflict("Somebody changed this zone a moment ago. Look at what it says now, and save again.")
    _check_amounts(rate, free_from)
    _check_countries(countries, but=zone_id)
    told = _told(name=name, rate=rate, free_from=free_from, estimate=estimate, note=note)
    session().execute(update(Zone).where(Zone.id == zone_id).values(**told))
    session().execute(delete(ZoneCountry).where(ZoneCountry.zone_id == zone_id))
    _serve(zone_id, countries)
    next_edition()


def remove_zone(zone_id: int) -> bool:
    """With its ways to send; False when it is gone already. Orders keep what they were quoted."""
    for model in (DeliveryRate, ZoneCountry):
        session().execute(delete(model).where(model.zone_id == zone_id))
    gone = rows_changed(session().execute(delete(Zone).where(Zone.id == zone_id))) == 1
    if gone:
        next_edition()
    return gone


def locked_zone(zone_id: int) -> ZoneView:
    """A zone as it is now, kept from other writers. Raises NotFound."""
    session().execute(select(Zone.id).where(Zone.id == zone_id).with_for_update())
    found = next((zone for zone in read_zones() if zone.id == zone_id), None)
    if found is None:
        raise NotFound("There is no such zone any more.")
    return found


def _told(*, name: str, rate: Money, free_from: Money | None, estimate: str, note: str | None) -> dict[str, Any]:
    return {
        "name": name,
        "price_minor": rate.minor,
        "free_from_minor": None if free_from is None else free_from.minor,
        "currency": rate.currency,
        "estimate": estimate,
        "note": note,
    }


def _serve(zone_id: int, countries: Sequence[str]) -> None:
    served = [{"country": code, "zone_id": zone_id, "position": position} for position, code in enumerate(countries)]
    session().execute(insert(ZoneCountry), served)


def add_rate(zone_id: int, rate: Rate) -> None:
    """Give a zone one more way to send (its `id` is ignored). Raises Invalid."""
    _check_rate(rate)
    values = {name: getattr(rate, name) for name in ("name", "estimate", "from_grams", "to_grams", "pickup", "place")}
    session().execute(
        insert(DeliveryRate).values(
            zone_id=zone_id,
            price_minor=rate.price.minor,
            free_from_minor=None if rate.free_from is None else rate.free_from.minor,
            currency=rate.price.currency,
            from_goods_minor=rate.from_goods,
            to_goods_minor=rate.to_goods,
            postcodes=",".join(rate.postcodes),
            position=session().execute(select(func.count()).select_from(DeliveryRate)).scalar_one(),
            **values,
        )
    )
    next_edition()


def remove_rate(rate_id: int) -> bool:
    """False when it is gone already. Orders keep the name and price that they were quoted."""
    gone = rows_changed(session().execute(delete(DeliveryRate).where(DeliveryRate.id == rate_id))) == 1
    if gone:
        next_edition()
    return gone


def _check_rate(rate: Rate) -> None:
    rules = {
        ("name", "Give it a name, such as Tracked post."): bool(rate.name.strip()),
        ("price", "A pick-up costs nothing."): not (rate.pickup and rate.price),
        ("place", "Say where it is picked up, and when."): bool(rate.place.strip()) or not rate.pickup,
        ("to_grams", "The upper weight lies above the lower one."): rate.to_grams is None
        or 0 <= rate.from_grams < rate.to_grams,
        ("to_goods", "The upper amount lies above the lower one."): rate.to_goods is None
        or 0 <= rate.from_goods < rate.to_goods,
        ("postcodes", "Postcodes are for what is sent."): not (rate.pickup and rate.postcodes),
    }
    for (field, sentence), holds in rules.items():
        if not holds:
            raise Invalid(sentence, field=field)
    _check_amounts(rate.price, rate.free_from)


def _check_amounts(rate: Money, free_from: Money | None) -> None:
    if rate.minor < 0:
        raise Invalid("Delivery costs nothing or more.", field="rate")
    if free_from is not None and (free_from.currency != rate.currency or free_from.minor <= 0):
        raise Invalid("Delivery is free from an amount above nothing, in the currency of its price.", field="free_from")


def _check_countries(countries: Sequence[str], *, but: int | None = None) -> None:
    known = {code for code in countries if served(code)}
    if not countries or len(known) != len(countries):
        raise Invalid("Name each country once, by its two letters, such as US or GB.", field="countries")
    asked = select(ZoneCountry.country).where(ZoneCountry.country.in_(known))
    taken = session().execute(asked if but is None else asked.where(ZoneCountry.zone_id != but)).scalars()
    if names := sorted(NAMES[code] for code in taken):
        raise Invalid(f"Another zone serves {', '.join(names)} already.", field="countries")
