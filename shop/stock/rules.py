"""What the stock room knows without looking: words for availability, and bounds."""

from __future__ import annotations

from msgspec import Struct

from shop.core.languages import _

LOW = 5  # from here down "only n left" is true and worth saying
MOST_AT_ONCE = 100_000  # a typing mistake of a zero too many stops here


class Level(Struct, frozen=True):
    """One variant's numbers; available is what can still be promised to somebody.

    What is unavailable is damaged, or held back for a look at its quality, or as safety stock.
    """

    variant_id: int
    on_hand: int
    held: int
    committed: int
    unavailable: int
    quality_hold: int = 0
    safety_stock: int = 0

    @property
    def damaged(self) -> int:
        return self.unavailable - self.quality_hold - self.safety_stock

    @property
    def available(self) -> int:
        return self.on_hand - self.held - self.committed - self.unavailable


def availability_words(available: int) -> str:
    """What a shopper reads: _("Sold out"), "Only 3 left" or "In stock"."""
    if available <= 0:
        return _("Sold out")
    return _("Only %(count)s left", count=available) if available <= LOW else _("In stock")
