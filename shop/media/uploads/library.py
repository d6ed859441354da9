"""The shelf of uploaded prints, on disk: a renderer's key names a print together with its size, place and words.

A key is made of everything that it names, so a print that is moved or described anew gets a new key, and pictures that
are cached for good stay true. Pixels lie once, under the digest of their content.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from shop.media.artworks.catalogue import Artwork
from shop.media.disk import place

KEY = re.compile(r"u-[0-9a-f]{20}")
DRAWN_SIDE = 960  # pixels of the longer side in pictures of garments: 1.6 for each unit of a print area
_folders: list[Path] = []


class Placed(Struct, frozen=True):
    """A print as it is worn: `digest` of its PNG, its width in mm, and how far it is moved right and down, in mm."""

    digest: str
    title: str
    description: str
    credit: str
    width_px: int
    height_px: int
    width_mm: int
    right_mm: int = 0
    down_mm: int = 0

    @property
    def height_mm(self) -> int:
        return max(1, round(self.height_px * self.width_mm / self.width_px))

    @property
    def dpi(self) -> int:
        """How many of its own pixels print on an inch."""
        return round(self.width_px * 25.4 / self.width_mm)

    @property
    def key(self) -> str:
        return f"u-{sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:20]}"


def open_library(folder: Path) -> None:
    """Let the renderer find prints in this folder too."""
    if folder not in _folders:
        _folders.append(folder)


def keep_pixels(folder: Path, png: bytes) -> str:
    """Put a print's PNG and a smaller one for drawing on the shelf; answers the digest. Raises OSError."""
    from PIL import Image

    digest = sha256(png).hexdigest()
    if not (whole := pixels_of(folder, digest)).exists():
        with Image.open(BytesIO(png)) as image:
            image.thumbnail((DRAWN_SIDE, DRAWN_SIDE))
            small = BytesIO()
            image.save(small, "PNG", optimize=True)
        place(folder / f"{digest}-drawn.png", small.getvalue())
        place(whole, png)
    return digest


def keep_placed(folder: Path, placed: Placed) -> str:
    """Write down what a key names; answers the key."""
    path = folder / f"{placed.key}.json"
    if not path.exists():
        place(path, json.dumps(asdict(placed), ensure_ascii=False, sort_keys=True).encode())
    return placed.key


def pixels_of(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.png"


def is_uploaded(key: str) -> bool:
    """Whether the key is of an uploaded print that is on a shelf of this machine."""
    return KEY.fullmatch(key) is not None and _where(key) is not None


def placed_as(folder: Path, key: str) -> Placed:
    """What a key names. Raises FileNotFoundError."""
    return Placed(**json.loads((folder / f"{key}.json").read_bytes()))


@lru_cache(maxsize=48)
def load(key: str) -> Artwork:
    """The print as the renderer takes it: one picture, in millimetres. Raises KeyError for a stranger."""
    folder = _where(key) if KEY.fullmatch(key) else None
    if folder is None:
        raise KeyError(key)
    placed = placed_as(folder, key)
    drawn = b64encode((folder / f"{placed.digest}-drawn.png").read_bytes()).decode()
    body = f'<image width="{placed.width_mm}" height="{placed.height_mm}" href="data:image/png;base64,{drawn}"/>'
    return Artwork(
        key=key,
        title=placed.title,
        description=placed.description,
        width_mm=placed.width_mm,
        height_mm=placed.height_mm,
        credit=placed.credit,
        body=body,
        moved=(placed.right_mm, placed.down_mm),
    )


def _where(key: str) -> Path | None:
    return next((folder for folder in _folders if (folder / f"{key}.json").exists()), None)
