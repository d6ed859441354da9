"""What the stock room knows without looking: words for availability, and bounds."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from shop.core.languages import _

LOW = 5  # from here down "only n left" is true and worth saying
MOST_AT_ONCE = 100_000  # a typing mistake of a zero too many stops here


class Level(Struct, frozen=True):
    """One variant's numbers; available is what can still be promised to somebody.

    What is unavailable is damaged, or held back for a look at its quality, or as safety stock. What is `preordered`, of
    `preorder_cap`, is to come and no part of the others.
    """

    variant_id: int
    on_hand: int
    held: int
    committed: int
    unavailable: int
    quality_hold: int = 0
    safety_stock: int = 0
    preordered: int = 0
    preorder_cap: int = 0

    @property
    def damaged(self) -> int:
        return self.unavailable - self.quality_hold - self.safety_stock

    @property
    def available(self) -> int:
        return self.on_hand - self.held - self.committed - self.unavailable


class Beyond(Struct, frozen=True):
    """So many units that are to come, promised to leave by that day."""

    units: int
    ships_by: date


class Salable(Struct, frozen=True):
    """What of a variant can be sold: `available` from the shelf, then `room` of what is to come, by `ships_by`.

    Without an open pre-order `room` is none and `ships_by` None; a full one has its day and no room.
    """

    available: int
    room: int = 0
    ships_by: date | None = None

    def beyond(self, wanted: int) -> Beyond | None:
        """What of so many is not on the shelf and can be pre-ordered; None where all of it is there, or none is left.

        What is on the shelf goes first.
        """
        units = wanted - max(self.available, 0)
        return Beyond(units, self.ships_by) if self.ships_by and 0 < units <= self.room else None

    @property
    def in_all(self) -> int:
        return max(self.available, 0) + self.room


def salable(
    available: int, cap: int, preordered: int, ships_by: date | None, order_until: date | None, *, today: date
) -> Salable:
    """The numbers of a level as a shopper meets them on that day where the store is."""
    open_still = order_until is not None and today <= order_until
    return Salable(available, cap - preordered, ships_by) if open_still else Salable(available)


def availability_words(available: int) -> str:
    """What a shopper reads: _("Sold out"), "Only 3 left" or "In stock"."""
    if available <= 0:
        return _("Sold out")
    return _("Only %(count)s left", count=available) if available <= LOW else _("In stock")
