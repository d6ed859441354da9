"""Staff say how sales are taxed and what sending costs; each change says who."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict
from shop.delivery import operations as delivery
from shop.delivery.queries import zones
from shop.delivery.rules import Rate as DeliveryRate
from shop.delivery.rules import ZoneView
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences, ended
from shop.tax import operations as tax
from shop.tax.queries import policy as tax_policy
from shop.tax.queries import rates as tax_rates
from shop.tax.rules import Policy
from shop.tax.rules import Rate as TaxRate

GONE = "Somebody removed it a moment ago."


@again
def set_tax_policy(policy: Policy, *, actor: str) -> None:
    """Who reckons the tax, and whether prices have it in them. Orders that were placed keep what they were quoted."""
    before = tax_policy()
    end_read()
    with transaction():
        tax.set_policy(policy)
        details = differences(asdict(before), asdict(policy))
        audit(actor=actor, action="tax.policy", subject="tax", details=details)


@again
def add_tax_rate(rate: TaxRate, *, actor: str) -> None:
    """Raises Invalid."""
    with transaction():
        tax.add_rate(rate)
        details = begun(asdict(rate))
        audit(actor=actor, action="tax.rate_added", subject=f"{rate.country}-{rate.region}", details=details)


@again
def remove_tax_rate(rate_id: int, *, actor: str) -> None:
    """Raises Conflict when it is gone already."""
    there = next((asdict(rate) for rate in tax_rates() if rate.id == rate_id), {})
    end_read()
    with transaction():
        if not tax.remove_rate(rate_id):
            raise Conflict(GONE)
        audit(actor=actor, action="tax.rate_removed", subject=f"tax rate {rate_id}", details=ended(there))


@again
def add_zone(zone: ZoneView, *, actor: str) -> None:
    """Its `id` and its ways are ignored. Raises Invalid."""
    with transaction():
        zone_id = delivery.add_zone(**_said(zone))
        audit(actor=actor, action="delivery.zone_added", subject=f"zone {zone_id}", details=begun(_said(zone)))


@again
def change_zone(zone: ZoneView, *, seen: str, actor: str) -> None:
    """Raises Invalid, NotFound, and Conflict when it is no longer as it was `seen`."""
    with transaction():
        before = delivery.locked_zone(zone.id)
        delivery.change_zone(zone.id, **_said(zone), seen=seen)
        details = differences(_said(before), _said(zone))
        audit(actor=actor, action="delivery.zone_changed", subject=f"zone {zone.id}", details=details)


@again
def remove_zone(zone_id: int, *, actor: str) -> None:
    """With its ways to send. Raises Conflict when it is gone already."""
    there = next((asdict(zone) for zone in zones() if zone.id == zone_id), {})
    end_read()
    with transaction():
        if not delivery.remove_zone(zone_id):
            raise Conflict(GONE)
        audit(actor=actor, action="delivery.zone_removed", subject=f"zone {zone_id}", details=ended(there))


@again
def add_delivery_rate(zone_id: int, rate: DeliveryRate, *, actor: str) -> None:
    """Raises Invalid."""
    with transaction():
        delivery.add_rate(zone_id, rate)
        details = begun(asdict(rate))
        audit(actor=actor, action="delivery.rate_added", subject=f"zone {zone_id}", details=details)


@again
def remove_delivery_rate(rate_id: int, *, actor: str) -> None:
    """Raises Conflict when it is gone already."""
    there = next((asdict(rate) for zone in zones() for rate in zone.rates if rate.id == rate_id), {})
    end_read()
    with transaction():
        if not delivery.remove_rate(rate_id):
            raise Conflict(GONE)
        audit(actor=actor, action="delivery.rate_removed", subject=f"delivery rate {rate_id}", details=ended(there))


def _said(zone: ZoneView) -> dict[str, Any]:
    return {name: getattr(zone, name) for name in ("name", "countries", "rate", "free_from", "estimate", "note")}
