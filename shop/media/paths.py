"""The public path of a picture: readable, complete, and checked by its own digest.

`tee/front/1f2a44/north-star/<digest>-640.webp`, or `.../<digest>.svg` for the drawing itself. The digest covers the
drawing, so a path never changes its content and may be cached for good.
"""

import re
from hmac import compare_digest
from typing import Literal, get_args

from shop.media.rules import PictureSpec

Format = Literal["svg", "png", "webp", "avif"]

FORMATS: tuple[Format, ...] = get_args(Format)
WIDTHS = (160, 320, 480, 640, 960, 1280)
PLAIN = "plain"
LONGEST = 160
PATH = re.compile(
    r"([a-z_]{1,24})/([a-z]{1,16})/([0-9a-f]{6})/([a-z0-9]+(?:-[a-z0-9]+)*)/([0-9a-f]{24})"
    r"(?:-([1-9][0-9]{2,3}))?\.(svg|png|webp|avif)",
    re.ASCII,
)


class BadPicturePath(ValueError):
    """The path names no picture of ours: wrong shape, unknown part, wrong digest, or a width we do not make."""


def check_size(width: int | None, format: Format) -> None:
    """Raises BadPicturePath unless we make this width in this format; only SVG has no width."""
    if format not in FORMATS:
        raise BadPicturePath(f"We make no pictures in {format!r}.")
    if (width is None) != (format == "svg") or (width is not None and width not in WIDTHS):
        raise BadPicturePath(f"We make no {format} of width {width}.")


def picture_path(spec: PictureSpec, width: int | None, format: Format) -> str:
    """The path of a picture, relative and with forward slashes.

    `width` is one of WIDTHS, or None for SVG. Raises BadPicturePath, or as `draw` does.
    """
    check_size(width, format)
    name = spec.digest() if width is None else f"{spec.digest()}-{width}"
    return f"{spec.garment}/{spec.view}/{spec.colour[1:]}/{spec.artwork or PLAIN}/{name}.{format}"


def parse_picture_path(path: str) -> tuple[PictureSpec, int | None, Format]:
    """What a path asks for. Raises BadPicturePath for anything `picture_path` would not have written."""
    found = PATH.fullmatch(path) if len(path) <= LONGEST else None
    if found is None:
        raise BadPicturePath("This is not the path of a picture.")
    garment, view, colour, print_, digest, width, extension = found.groups()
    spec = PictureSpec(garment, view, f"#{colour}", None if print_ == PLAIN else print_)
    format_: Format = extension  # type: ignore[assignment]  # the pattern admits only the four formats
    pixels = int(width) if width else None
    check_size(pixels, format_)
    try:
        known = spec.digest()
    except ValueError as unknown:
        raise BadPicturePath(str(unknown)) from unknown
    if not compare_digest(known, digest):
        raise BadPicturePath("The picture has changed since this path was made.")
    return spec, pixels, format_
