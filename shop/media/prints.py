"""Print-ready files: a print alone, see-through, at 300 dots an inch of its real size. The worker makes them."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from shop.media.artworks.catalogue import DESCRIPTIONS
from shop.media.artworks.tools import ACCENT, CLOTH
from shop.media.disk import place
from shop.media.rules import artwork
from shop.media.tones import DARK_INK, LIGHT_INK
from shop.media.uploads.library import pixels_of, placed_as

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
Ink = Literal["light", "dark", "own"]
INKS: tuple[Ink, ...] = get_args(Ink)


class PrintShelf:
    """A folder of print-ready PNGs. `own` ink is for uploaded prints, which bring their colours."""

    def __init__(self, folder: Path, *, uploads: Path) -> None:
        self.folder = folder
        self.uploads = uploads

    def path_for(self, key: str, ink: Ink) -> Path:
        """Where it is or would be. Raises UnknownArtwork."""
        return self.folder / f"{key}-{ink}-{artwork(key).content[:16]}.png"

    def want(self, key: str, ink: Ink) -> None:
        """Leave word for the worker."""
        name = sha256(f"{key} {ink}".encode()).hexdigest()[:24]
        place(self.folder / "wanted" / name, f"{key} {ink}".encode())

    def make_wanted(self) -> bool:
        """Make one that was wanted; False when none is. One that cannot be made is wanted no more."""
        wish = next(iter(sorted((self.folder / "wanted").glob("[0-9a-f]*"))), None)
        if wish is None:
            return False
        key, _, ink = wish.read_text(encoding="ascii").partition(" ")
        try:
            if ink in INKS:
                self._make(key, ink)
        except (ValueError, OSError):  # a print that is gone, or a full disk: asked again it is wanted again
            return True
        finally:
            wish.unlink(missing_ok=True)
        return True

    def _make(self, key: str, ink: Ink) -> None:
        path = self.path_for(key, ink)
        if not path.exists():
            place(path, _drawn(key, ink) if key in DESCRIPTIONS else self._scaled(key))

    def _scaled(self, key: str) -> bytes:
        from PIL import Image as Pictures

        placed = placed_as(self.uploads, key)
        with Pictures.open(pixels_of(self.uploads, placed.digest)) as whole:
            size = (_dots(placed.width_mm), _dots(placed.height_mm))
            return _png(whole.convert("RGBA").resize(size, Pictures.Resampling.LANCZOS))


def _drawn(key: str, ink: Ink) -> bytes:
    """One of our own in light or dark ink; where a print leaves the cloth bare, the file is see-through."""
    from PIL import Image as Pictures

    paint, accent = (LIGHT_INK, "#ff6a3d") if ink == "light" else (DARK_INK, "#c8371b")
    covered = _rendered(key, paint="#ffffff", accent="#ffffff", bare="#000000")
    black = Pictures.new("RGBA", covered.size, "#000000ff")
    sized = _rendered(key, paint=paint, accent=accent, bare=paint).convert("RGB")
    sized.putalpha(Pictures.alpha_composite(black, covered).convert("L"))
    return _png(sized)


def _rendered(key: str, *, paint: str, accent: str, bare: str) -> Image:
    import resvg_py
    from PIL import Image as Pictures

    print_ = artwork(key)
    body = print_.body.replace(ACCENT, accent).replace(CLOTH, bare)
    box = f"0 0 {print_.width_mm} {print_.height_mm}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" color="{paint}">{body}</svg>'
    drawn = resvg_py.svg_to_bytes(svg_string=svg, width=_dots(print_.width_mm), skip_system_fonts=True)
    return Pictures.open(BytesIO(bytes(drawn))).convert("RGBA")


def _dots(millimetres: int) -> int:
    return round(millimetres / 25.4 * DPI)


def _png(image: Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", dpi=(DPI, DPI), compress_level=6)
    return out.getvalue()
