"""Pictures as pixels: SVG through resvg, then PNG, WebP or AVIF through Pillow; and cards for sharing."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from shop.media.artworks.catalogue import CREDIT
from shop.media.brand import EMBLEM_BODY
from shop.media.lettering import Line, set_line, supported
from shop.media.rules import PictureSpec, draw

if TYPE_CHECKING:
    from PIL.Image import Image

Raster = Literal["png", "webp", "avif"]

# The lowest settings at which ribs and print edges still look clean beside the PNG; 4:4:4 keeps a coloured print crisp.
SETTINGS: dict[Raster, dict[str, int | str]] = {
    "png": {"compress_level": 6},
    "webp": {"quality": 60, "method": 5},
    "avif": {"quality": 48, "speed": 6, "subsampling": "4:4:4"},
}
LARGEST = 2560
OWN_SIZE = 800
CARD = (1200, 630)
TITLE_WIDTH, TITLE_HEIGHT, LARGEST_TITLE = 560, 330, 128


@lru_cache(maxsize=2)
def _drawn(svg: str, width: int) -> Image:
    """The drawing as RGB; kept a moment because it is wanted in several widths and formats."""
    import resvg_py
    from PIL import Image

    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
    with Image.open(BytesIO(png)) as image:
        return image.convert("RGB")


def _pixels(svg: str, width: int) -> Image:
    """Small pictures are reduced from one of the drawing's own size: light on a height map is steeper in few pixels."""
    drawn = _drawn(svg, max(width, OWN_SIZE))
    if drawn.width == width:
        return drawn
    from PIL.Image import Resampling

    return drawn.resize((width, round(drawn.height * width / drawn.width)), Resampling.LANCZOS)


def rasterise(svg: str, *, width: int, format: Raster) -> bytes:
    """The SVG as an image `width` pixels wide, without transparency.

    Raises ValueError for SVG that cannot be read or a width outside 1-2,560.
    """
    if not 1 <= width <= LARGEST:
        raise ValueError(f"A width of {width} pixels is outside 1-{LARGEST}.")
    return encode(_pixels(svg, width), format=format)


def encode(image: Image, *, format: Raster) -> bytes:
    """The image's bytes in a format, at the quality the shop uses."""
    out = BytesIO()
    image.save(out, format.upper(), **SETTINGS[format])
    return out.getvalue()


def _wrapped(words: list[str], size: float) -> list[str]:
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and set_line(longer, size=size).width > TITLE_WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _title(text: str) -> list[Line]:
    """The title in the largest size at which it fits its box, or cut with an ellipsis at the smallest."""
    words = supported(text).upper().split() or [CREDIT.upper()]
    for size in range(LARGEST_TITLE, 35, -6):
        lines, leading = _wrapped(words, size), size * 1.08
        widest = max(set_line(line, size=size).width for line in lines)
        if len(lines) * leading <= TITLE_HEIGHT and widest <= TITLE_WIDTH:
            break
    else:
        lines = [line[:28] for line in lines[:7]]
        lines[-1] = f"{lines[-1].rstrip()}…"
    first = 315 - len(lines) * leading / 2 + size * 0.88
    return [set_line(line, size=size, x=64, y=first + index * leading) for index, line in enumerate(lines)]


def share_card(spec: PictureSpec, *, title: str, brand: str) -> bytes:
    """A 1,200 x 630 PNG for links shared elsewhere: the garment on the right, the title and brand on the left.

    Characters the display face lacks are left out. Raises as `draw` does.
    """
    picture = draw(spec).replace(
        "<svg ", '<svg x="660" width="540" height="630" preserveAspectRatio="xMidYMid slice" ', 1
    )
    heading = "".join(line.path for line in _title(title))
    name = set_line(supported(brand), size=34, x=118, y=96, tracking=20)
    wide, high = CARD
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}"><title>{escape(title)}</title>'
        f'<rect width="{wide}" height="{high}" fill="#f6f2ea"/>{picture}<g fill="#1d1b19" color="#1d1b19">'
        f'<svg x="60" y="52" width="44" height="56" viewBox="0 0 44 56">{EMBLEM_BODY}</svg>'
        f'<path d="{name.path}{heading}"/></g><path fill="#c8371b" d="M64 560h96v8H64z"/></svg>'
    )
    return rasterise(svg, width=wide, format="png")
