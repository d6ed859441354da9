"""Where a cart goes."""

from __future__ import annotations

from shop.brand.queries import NotSetUp
from shop.core.errors import Invalid
from shop.core.languages import _
from shop.delivery.queries import zones
from shop.delivery.rules import ZoneView


def zone_of(country: str) -> ZoneView:
    """The zone that serves a country; without one, the first, which is home. Raises Invalid, and NotSetUp before the
    store has any zone.
    """
    served = (zone for zone in zones() if not country or country in zone.countries)
    zone = next(served, None)
    if zone is None and not zones():
        raise NotSetUp
    if zone is None:
        raise Invalid(_("We cannot deliver to that country yet. Choose another one."), field="country")
    return zone
