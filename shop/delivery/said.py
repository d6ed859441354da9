"""Ways of delivery in the language spoken, for those who read; orders keep their English."""

from __future__ import annotations

import re

from msgspec.structs import replace

from shop.core.phrases import phrased, sayer
from shop.core.wordings import like
from shop.delivery.rules import Option, ZoneView

DELIVERY = "delivery"  # a shelf of phrases
_BETWEEN = re.compile(r"(, |: )")


def zone_said(zone: ZoneView) -> ZoneView:
    """A zone with what buyers read of it."""
    said = phrased(DELIVERY, [zone], ("name", "estimate", "note"))[0]
    return replace(said, rates=tuple(phrased(DELIVERY, zone.rates, ("name", "estimate", "place"))))


def option_said(option: Option) -> Option:
    """A way with its words."""
    return phrased(DELIVERY, [option], ("name", "estimate", "place"))[0]


def way_said(name: str) -> str:
    """Where to and how, as an order keeps it ("United States, Tracked post"), each part by itself."""
    say = sayer(DELIVERY)
    parts = [part if _BETWEEN.fullmatch(part) else say(part) for part in _BETWEEN.split(name)]
    return like(parts[0], "".join(parts))
