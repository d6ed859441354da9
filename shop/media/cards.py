"""Cards for links shared elsewhere, made by the worker: drawing one takes long, and no request waits for it.

A card is named by what it shows, so a changed title has another card. What nobody has made yet is wanted, and answered
meanwhile with a card that says nothing.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from shop.media.disk import place
from shop.media.rules import PictureSpec

MOST_WANTED = 5_000


class Card(Struct, frozen=True):
    """A garment beside a title and the store's name."""

    spec: PictureSpec
    title: str
    brand: str

    @property
    def name(self) -> str:
        return sha256("\n".join((self.spec.digest(), self.title, self.brand)).encode()).hexdigest()[:24]


class CardShelf:
    """A folder of cards and of wishes for them; a file is whole or it is not there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, card: Card) -> Path | None:
        """The card's file, or None while nobody has made it."""
        path = self._path(card)
        return path if path.exists() else None

    def want(self, card: Card) -> None:
        """Leave word for the worker; wanting twice is wanting once, and beyond `MOST_WANTED` nothing is noted."""
        wish = self._wishes / f"{card.name}.json"
        if self.find(card) or wish.exists() or len(self._waiting()) >= MOST_WANTED:
            return
        place(wish, msgspec.json.encode(card))

    def make_wanted(self) -> bool:
        """Make one card that is wanted; False when none is. One that cannot be made is wanted no more."""
        waiting = self._waiting()
        if not waiting:
            return False
        with suppress(ValueError, KeyError, FileNotFoundError):  # of an older renderer, or another's by now
            self._make(msgspec.json.decode(waiting[0].read_bytes(), type=Card))
        waiting[0].unlink(missing_ok=True)
        return True

    def _make(self, card: Card) -> None:
        from shop.media.raster import share_card

        place(self._path(card), share_card(card.spec, title=card.title, brand=card.brand))

    def _path(self, card: Card) -> Path:
        return self.root / f"{card.name}.png"

    def _waiting(self) -> list[Path]:
        return sorted(self._wishes.glob("*.json")) if self._wishes.is_dir() else []

    @property
    def _wishes(self) -> Path:
        return self.root / "wanted"
