"""The store as passkeys know it."""

from __future__ import annotations

from flask import current_app, request

from shop.core.config import Settings
from shop.staff.rules.passkeys import House, house_at


def house() -> House | None:
    """By the public address in production; on a developer's machine by whichever of its own names was asked for.

    None where browsers make no passkeys: without https, or under a bare IP address.
    """
    settings: Settings = current_app.extensions["settings"]
    address = settings.base_url if settings.production else request.host_url.rstrip("/")
    return house_at(address, name=f"Staff of {settings.hostname}")
