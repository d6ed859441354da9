"""Photographs as a camera would write them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def photograph(width: int, height: int, *, colour: str = "#7a5f4a", gps: bool = False) -> bytes:
    """A JPEG of one colour; with `gps`, words about a place among its data."""
    out, data = BytesIO(), Image.Exif()
    if gps:
        data[0x010E] = "secret place"  # ImageDescription
    Image.new("RGB", (width, height), colour).save(out, "JPEG", exif=data)
    return out.getvalue()
