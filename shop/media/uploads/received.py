"""What staff send in: its kind is read from its content, its size is known before it is unfolded, and what is kept is
made anew from the pixels alone, so nothing that rode along comes in.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from shop.core.errors import Invalid
from shop.media.uploads.svg import checked_drawing

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 16 * 1024 * 1024
MOST_PIXELS = 12_000_000
MOST_PHOTO_PIXELS = 24_000_000
LEAST_SIDE = 400
LONGEST_PHOTO = 2560
DRAWN_WIDTH = 3000  # pixels that a drawing is made into, fewer where it is tall
PNG = b"\x89PNG\r\n\x1a\n"
# What other readers take a file for when they find this in it: archives, documents, pages, programs.
_ELSEWHERE = (b"<script", b"<?php", b"<html", b"<!doctype", b"%pdf-", b"#!/")


class Received(Struct, frozen=True):
    """A picture made anew; `opaque` when nothing of it is see-through."""

    content: bytes
    width: int
    height: int
    opaque: bool


def received_artwork(data: bytes) -> Received:
    """A print as PNG with transparency, from a PNG or a drawing. Raises Invalid."""
    _check_length(data)
    if data.startswith(PNG):
        _check_png(data)
        image = _opened(data, kind="PNG", most=MOST_PIXELS)
    elif data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        image = _drawn(checked_drawing(data))
    else:
        raise _refused("it is neither a PNG nor an SVG")
    return _as_png(image.convert("RGBA"))


def received_photograph(data: bytes) -> Received:
    """A photograph upright, in sRGB, without anything but pixels, as WebP at most 2,560 pixels long. Raises Invalid."""
    from PIL import ImageOps

    _check_length(data)
    kind = _photo_kind(data)
    if any(word in data.lower() for word in _ELSEWHERE) or b"PK\x05\x06" in data:
        raise _refused("it holds something else beside a picture; export it again as a plain photograph")
    image = ImageOps.exif_transpose(_opened(data, kind=kind, most=MOST_PHOTO_PIXELS))
    image = _in_srgb(image).convert("RGB")
    image.thumbnail((LONGEST_PHOTO, LONGEST_PHOTO))
    out = BytesIO()
    image.save(out, "WEBP", quality=88, method=4)
    return Received(out.getvalue(), image.width, image.height, opaque=True)


def _check_length(data: bytes) -> None:
    if not data:
        raise Invalid("Choose a file.", field="file")
    if len(data) > LARGEST_FILE:
        raise _refused("it is larger than 16 MB")


def _photo_kind(data: bytes) -> str:
    """JPEG, PNG or WEBP, each whole and with nothing after its end."""
    if data.startswith(b"\xff\xd8\xff"):
        if not data.rstrip(b"\x00").endswith(b"\xff\xd9"):
            raise _refused("something follows the end of the picture, such as a short film; export it as a plain JPEG")
        return "JPEG"
    if data.startswith(PNG):
        _check_png(data)
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        if int.from_bytes(data[4:8], "little") + 8 != len(data):
            raise _refused("it does not end where it says it does")
        return "WEBP"
    raise _refused("it is no JPEG, PNG or WebP")


def _check_png(data: bytes) -> None:
    """Every chunk whole, one picture, and nothing after its end."""
    at, names = len(PNG), list[bytes]()
    while at < len(data) and names[-1:] != [b"IEND"]:
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise _refused("it is damaged")
        names.append(name)
        at = end
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"]:
        raise _refused("it is damaged")
    if at != len(data):
        raise _refused("something follows the end of the picture")
    if b"acTL" in names:
        raise _refused("it moves")


def _opened(data: bytes, *, kind: str, most: int) -> Image:
    """The picture, unfolded only when its own head says that it is small enough."""
    from PIL import Image

    try:
        image = Image.open(BytesIO(data), formats=[kind])
        _check_sides(image.width, image.height, most=most)
        image.load()
    except Invalid:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused(f"it has far too many pixels; {most // 1_000_000} million are the most") from error
    except Exception as error:  # a decoder may fail in any way on what it was not made for
        raise _refused("it cannot be read as a picture") from error
    return image


def _check_sides(width: int, height: int, *, most: int) -> None:
    if width * height > most:
        raise _refused(f"it has {width:,} × {height:,} pixels; {most // 1_000_000} million are the most")
    if min(width, height) < LEAST_SIDE:
        raise _refused(f"it has {width:,} × {height:,} pixels; each side needs {LEAST_SIDE} at least")


def _drawn(text: str) -> Image:
    """The drawing's pixels: no fonts, no files, no network."""
    import resvg_py
    from PIL import Image

    try:
        small = Image.open(BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text, width=200, skip_system_fonts=True))))
        wide = min(DRAWN_WIDTH, int((MOST_PIXELS * small.width / small.height) ** 0.5))
        _check_sides(wide, wide * small.height // small.width, most=MOST_PIXELS)
        return Image.open(BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text, width=wide, skip_system_fonts=True))))
    except Invalid:
        raise
    except Exception as error:  # resvg says no in its own ways
        raise _refused("it cannot be drawn") from error


def _as_png(image: Image) -> Received:
    """Cut to what is printed, so that a print's width is the width of its ink."""
    box = image.getchannel("A").getbbox()
    if box is None:
        raise _refused("all of it is see-through")
    image = image.crop(box)
    _check_sides(image.width, image.height, most=MOST_PIXELS)
    opaque = image.getchannel("A").getextrema()[0] == 255
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return Received(out.getvalue(), image.width, image.height, opaque)


def _in_srgb(image: Image) -> Image:
    """Colours as the web shows them; a profile that cannot be read is left out."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        here = ImageCms.ImageCmsProfile(BytesIO(profile))
        there = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image.convert("RGB"), here, there)
    except (ImageCms.PyCMSError, OSError):
        return image
    return turned or image


def _refused(why: str) -> Invalid:
    return Invalid(f"We cannot take this file: {why}.", field="file")
