"""What is known of parcels without looking: carriers, holds, the order of a shelf."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from urllib.parse import quote

from msgspec import Struct

from shop.core.errors import Invalid

# Carriers by name, with their public tracking pages; {} is the number. A carrier that is not here has no link.
CARRIERS: Mapping[str, str] = MappingProxyType(
    {
        "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
        "UPS": "https://www.ups.com/track?tracknum={}",
        "FedEx": "https://www.fedex.com/fedextrack/?trknbr={}",
        "DHL": "https://www.dhl.com/en/express/tracking.html?AWB={}",
        "Royal Mail": "https://www.royalmail.com/track-your-item#/tracking-results/{}",
        "Canada Post": "https://www.canadapost-postescanada.ca/track-reperage/en#/details/{}",
        "Australia Post": "https://auspost.com.au/mypost/track/details/{}",
        "Deutsche Post": "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={}",
        "La Poste": "https://www.laposte.fr/outils/suivre-vos-envois?code={}",
        "PostNL": "https://jouw.postnl.nl/track-and-trace/{}",
        "Evri": "https://www.evri.com/track/parcel/{}/details",
    }
)
HOLDS: Mapping[str, str] = MappingProxyType(
    {
        "stock": "Waiting for stock",
        "question": "A question to the buyer",
        "address": "The address",
        "payment": "The payment",
        "other": "Something else",
    }
)
LONGEST_REASON = 150
LONGEST_PLACE = 20
_SPACES = re.compile(r"\s+")


class ParcelFacts(Struct, frozen=True):
    """A parcel with its units by order line; times in UTC."""

    id: str
    order_id: str
    state: str
    carrier: str
    tracking: str
    packed_by: str
    packed_at: datetime
    sent_by: str | None
    sent_at: datetime | None
    units: Mapping[int, int]

    @property
    def tracking_url(self) -> str:
        """The carrier's page for it; empty where there is none."""
        return tracking_url(self.carrier, self.tracking)


class HoldFacts(Struct, frozen=True):
    """A hold that is not released."""

    order_id: str
    kind: str
    reason: str
    placed_by: str
    placed_at: datetime


class Sender(Struct, frozen=True):
    """What labels say; `address` has a line for each line of paper."""

    name: str
    plain_name: str
    address: str


def tracking_url(carrier: str, tracking: str) -> str:
    """The public page that follows a parcel; the carrier's name is read without regard to capitals."""
    known = {name.casefold(): url for name, url in CARRIERS.items()}
    page = known.get(carrier.strip().casefold(), "")
    return page.format(quote(_SPACES.sub("", tracking), safe="")) if page and tracking.strip() else ""


def hold_reason(kind: str, reason: str) -> str:
    """A reason made regular; raises Invalid, beside its field."""
    said = " ".join(reason.split())
    if kind not in HOLDS:
        raise Invalid("Choose what it waits for.", field="kind")
    if not 0 < len(said) <= LONGEST_REASON or not said.isprintable():
        raise Invalid(f"Say why in a few words, {LONGEST_REASON} characters at most.", field="reason")
    return said


def shelf_place(text: str) -> str:
    """A place such as `A-2-4`; empty for none. Raises Invalid."""
    place = " ".join(text.split()).upper()
    if len(place) > LONGEST_PLACE or not place.isprintable():
        raise Invalid(f"A place has {LONGEST_PLACE} characters at most, such as A-2-4.", field="place")
    return place


def shelf_order(place: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts places as one walks: A-2 before A-10, and what has no place last."""
    if not place:
        return ((2, 0, ""),)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", place))
