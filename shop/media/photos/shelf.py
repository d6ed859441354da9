"""Photographs on disk: the original once under its digest, and each size once, made by the worker."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from shop.media.disk import place
from shop.media.photos.rules import FORMATS, BadName, Format, name_of, read_name, widths_of

DIGEST = 24
# Quality at which skin and cloth still look clean beside the original.
SETTINGS: dict[Format, tuple[str, dict[str, int | bool | str]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 6}),
    "webp": ("WEBP", {"quality": 74, "method": 4}),
    "jpg": ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
}


class PhotoShelf:
    """`originals` are kept for good and belong into backups; `sizes` can be made anew at any time."""

    def __init__(self, var: Path) -> None:
        self.originals = var / "uploads" / "photographs"
        self.sizes = var / "media" / "photographs"

    def keep(self, content: bytes) -> str:
        """Put an original on the shelf; answers its digest. Raises OSError."""
        digest = sha256(content).hexdigest()[:DIGEST]
        if not (path := self.original(digest)).exists():
            place(path, content)
        return digest

    def original(self, digest: str) -> Path:
        return self.originals / f"{digest}.webp"

    def find(self, name: str) -> Path | None:
        """The file of a size, or None while nobody has made it. Raises BadName for no picture of ours."""
        digest, _width, _format = read_name(name)
        if not self.original(digest).exists():
            raise BadName(name)
        path = self.sizes / name
        return path if path.exists() else None

    def want(self, name: str) -> None:
        """Leave word for the worker; wanting twice is wanting once."""
        wish = self._wishes / name
        if not wish.exists():
            place(wish, b"")

    def want_all(self, digest: str, width: int) -> None:
        """Leave word for every size of a picture."""
        for one in widths_of(width):
            for format_ in FORMATS:
                self.want(name_of(digest, one, format_))

    def make_wanted(self) -> bool:
        """Make one size that is wanted; False when none is. One that cannot be made is wanted no more."""
        wish = next(iter(sorted(self._wishes.glob("*-*.*"))), None) if self._wishes.is_dir() else None
        if wish is None:
            return False
        with suppress(BadName, OSError):
            self._make(wish.name)
        wish.unlink(missing_ok=True)
        return True

    def remove(self, digest: str) -> None:
        """Take a picture off the shelf with all its sizes."""
        self.original(digest).unlink(missing_ok=True)
        for path in self.sizes.glob(f"{digest}-*"):
            path.unlink(missing_ok=True)

    def _make(self, name: str) -> None:
        from PIL import Image

        digest, width, format_ = read_name(name)
        with Image.open(self.original(digest)) as image:
            small = image.convert("RGB")
        if small.width > width:
            small = small.resize((width, max(1, round(small.height * width / small.width))), Image.Resampling.LANCZOS)
        out = BytesIO()
        kind, how = SETTINGS[format_]
        small.save(out, kind, **how)
        place(self.sizes / name, out.getvalue())

    @property
    def _wishes(self) -> Path:
        return self.sizes / "wanted"
