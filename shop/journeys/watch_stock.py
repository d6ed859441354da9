"""Stock runs low: whoever wants to know is written to, once for each crossing, and once a day what runs low now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shop.catalogue.queries import variants_in_cart
from shop.catalogue.rules import VariantInCart
from shop.core import clock, codes
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.outbox import promise
from shop.journeys.services import Services
from shop.journeys.write_to_us import alert_staff
from shop.orders.queries.counted import UNCOUNTED
from shop.purchasing.queries import incoming
from shop.staff.operations import record as audit
from shop.staff.queries.members import members
from shop.staff.rules.audit import differences
from shop.stock import watching
from shop.stock.watching import LowLevel, Threshold

DIGEST_FROM = 6  # o'clock, UTC
MOST_NAMED = 60  # in one letter
AT_ONCE, DAILY = 0, 1


def watch_stock() -> int:
    """Find what crossed its threshold and promise to tell; how many did. Safe at any time and by several at once."""
    _renew_cover()
    low = _sold_and_low()
    crossed_now = {one.variant_id for one in low} ^ watching.told_low()
    end_read()
    if not crossed_now:
        return 0
    return _note_low([one.variant_id for one in low])


@again
def _renew_cover() -> None:
    with transaction():
        watching.renew_cover(uncounted=UNCOUNTED)


@again
def _note_low(ids: Sequence[int]) -> int:
    with transaction():
        watching.forget_recovered(ids)
        crossed = watching.note_low(ids)
        if crossed:
            key = codes.new_id()
            promise("stock_alert", key=key, payload={"variants": crossed, "key": key})
    return len(crossed)


@again
def promise_digest() -> None:
    """Once a day, in the morning, when anybody wants it. Safe to repeat."""
    now, wanted = clock.now(), any(choice[DAILY] for choice in watching.watchers().values())
    end_read()
    if wanted and now.hour >= DIGEST_FROM:
        with transaction():
            promise("stock_digest", key=f"{now:%Y-%m-%d}", payload={"day": f"{now:%Y-%m-%d}"})


def write_stock_alert(payload: Json, services: Services) -> None:
    """Keep the promise: one letter to each who wants to know at once. Safe to repeat."""
    wanted = set(payload["variants"])
    low = [one for one in _sold_and_low() if one.variant_id in wanted]
    _write(low, AT_ONCE, "Running low", f"low:{payload['key']}", services)


def write_stock_digest(payload: Json, services: Services) -> None:
    """Keep the promise: one letter to each who wants to know daily, unless there is enough of everything."""
    _write(_sold_and_low(), DAILY, f"Running low on {payload['day']}", f"digest:{payload['day']}", services)


@again
def set_stock_watchers(wanted: Mapping[int, tuple[bool, bool]], *, actor: str) -> None:
    """Who wants to know, (at once, daily) by member."""
    with transaction():
        before = _watching(watching.watchers())
        watching.set_watchers(wanted)
        told = differences(before, _watching(wanted))
        audit(actor=actor, action="stock.watchers", subject="stock alerts", details=told)


@again
def set_stock_thresholds(product_id: int, wanted: Mapping[int, Threshold | None], *, actor: str) -> None:
    """From how many on sizes of a product run low. Raises Invalid."""
    with transaction():
        before = _limits(watching.thresholds(wanted))
        watching.set_thresholds(wanted, uncounted=UNCOUNTED)
        told = differences(before, _limits(wanted))
        audit(actor=actor, action="stock.thresholds", subject=f"product {product_id}", details=told)


def _watching(choices: Mapping[int, tuple[bool, bool]]) -> Json:
    words = ("at once", "daily")
    said = {f"member {key}": [word for word, on in zip(words, one, strict=True) if on] for key, one in choices.items()}
    return {name: kinds for name, kinds in said.items() if kinds}


def _limits(wanted: Mapping[int, Threshold | None]) -> Json:
    return {
        f"variant {key}": f"{one.cover_days} days" if one.cover_days else f"{one.low_at} units"
        for key, one in wanted.items()
        if one
    }


def _sold_and_low() -> list[LowLevel]:
    low = watching.running_low()
    sold = {key for key, one in variants_in_cart(one.variant_id for one in low).items() if one.buyable}
    return [one for one in low if one.variant_id in sold]


def _write(low: list[LowLevel], which: int, heading: str, key: str, services: Services) -> None:
    ids = [one.variant_id for one in low]
    variants, coming = variants_in_cart(ids), incoming(ids)
    asked = {member for member, choice in watching.watchers().items() if choice[which]}
    to = [(one.id, one.email) for one in members() if one.id in asked and one.disabled_at is None]
    end_read()
    if not low:
        return
    facts = tuple(_fact(variants[one.variant_id], one, coming.get(one.variant_id, 0)) for one in low[:MOST_NAMED])
    more = f" The first {MOST_NAMED} are named here." if len(low) > MOST_NAMED else ""
    for member_id, email in to:
        alert_staff(
            heading=heading,
            message=f"{len(low)} {'size is' if len(low) == 1 else 'sizes are'} at or below the number you set.{more}",
            facts=facts,
            services=services,
            key=f"{key}:{member_id}",
            action=("Look at stock", f"{services.base_url}/admin/stock?show=low"),
            to=email,
        )


def _fact(variant: VariantInCart, low: LowLevel, coming: int) -> tuple[str, str]:
    name = f"{variant.title}, {variant.colour_name}, {variant.size}"
    left = "sold out" if low.available <= 0 else f"{low.available} left"
    return name, f"{left}; told from {low.low_at} down" + (f"; {coming} to come" if coming else "")
