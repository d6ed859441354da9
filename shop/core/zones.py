"""The clock on the wall where the store is: what staff type and read, while everything is kept in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from shop.core import clock
from shop.core.errors import Invalid

HOME = "UTC"  # of a store that said nothing else


@cache
def zone_names() -> tuple[str, ...]:
    """UTC, then the zones that are named for a place, as the IANA database of this machine has them."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))}
    return (HOME, *sorted(places))


def zone_named(name: str) -> tzinfo:
    """Raises Invalid beside `time_zone` for one that this machine does not know."""
    if name == HOME:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid("Choose one of the time zones.", field="time_zone") from error


def from_wall(wall: datetime, name: str) -> datetime:
    """The moment in UTC when that clock shows `wall`: the first time where an hour is repeated, and where one is left
    out as much later.
    """
    return wall.replace(tzinfo=zone_named(name)).astimezone(UTC)


def on_wall(moment: datetime, name: str) -> datetime:
    """What that clock shows then."""
    return moment.astimezone(zone_named(name))


def today_in(name: str) -> date:
    """The day on that clock now."""
    return on_wall(clock.now(), name).date()
