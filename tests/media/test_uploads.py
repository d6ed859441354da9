"""What people may send in, and everything that comes dressed as a picture and is none."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from shop.core.errors import Invalid
from shop.media.uploads.received import LARGEST_FILE, received_artwork, received_photograph
from shop.media.uploads.svg import LARGEST

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 120">'
SQUARE = '<path d="M10 10h80v100H10z" fill="#c8371b"/>'


def drawing(inside: str = SQUARE) -> bytes:
    return f"{OPEN}{inside}</svg>".encode()


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 500), mode: str = "RGBA", **more: object) -> bytes:
    image = Image.new(mode, size)
    image.paste((200, 55, 27, 255)[: len(mode)], (50, 40, 550, 460))
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it is large."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def test_a_print_is_cut_to_its_ink_and_made_anew() -> None:
    received = received_artwork(picture(pnginfo=None))
    with Image.open(BytesIO(received.content)) as made:
        assert (made.format, made.mode, made.size) == ("PNG", "RGBA", (500, 420))
    assert (received.width, received.height, received.opaque) == (500, 420, True)


def test_a_drawing_becomes_pixels() -> None:
    received = received_artwork(drawing())
    with Image.open(BytesIO(received.content)) as made:
        assert made.mode == "RGBA"
        assert made.width * made.height <= 12_000_000
        assert made.getpixel((made.width // 2, made.height // 2)) == (200, 55, 27, 255)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script>alert(1)</script>", "script"),
        (f'<g onload="alert(1)">{SQUARE}</g>', "script"),
        ("<foreignObject><p/></foreignObject>", "foreign"),
        ('<image href="http://example.org/a.png" width="9" height="9"/>', "another picture"),
        ('<image href="data:image/png;base64,AAAA" width="9" height="9"/>', "another picture"),
        ('<use href="http://example.org/a.svg#x"/>', "outside"),
        ('<use xlink:href="file:///etc/passwd#x"/>', "outside"),
        ('<path d="M0 0h9v9z" fill="url(http://example.org/#p)"/>', "elsewhere"),
        ("<style>@import 'http://example.org/a.css';</style>", "elsewhere"),
        ("<style>path{fill:url(//example.org)}</style>", "elsewhere"),
        ('<filter id="f"><feImage href="#x"/></filter>', "another picture"),
        ("<text>Look closer</text>", "outlines"),
        ('<a href="#x"><path d="M0 0h9v9z"/></a>', "link"),
        ('<path d="M0 0h9v9z"><animate attributeName="d"/></path>', "moves"),
        ("<g>" * 70 + "</g>" * 70, "too many parts"),
        ("", "see-through"),
        ("<path", "cannot be read"),
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        received_artwork(drawing(inside))
    assert refused.value.field == "file"


LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + drawing("<title>&b;</title>")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Choose a file"),
        (b"GIF89a" + b"\0" * 50, "neither a PNG nor an SVG"),
        (picture("JPEG", mode="RGB"), "neither a PNG nor an SVG"),
        (b"<html><body>Hello</body></html>", "no SVG"),
        (LAUGHS, "document type"),
        (b'<?xml-stylesheet href="http://example.org/a.css"?>' + drawing(), "document type or a stylesheet"),
        (drawing().decode().encode("utf-16"), "neither|cannot be read"),
        (drawing("<g/>" * 21_000), "too many parts"),
        (drawing(" " * LARGEST), "2 MB"),
        (b"\0" * (LARGEST_FILE + 1), "16 MB"),
        (bomb(60_000, 60_000), "far too many pixels"),
        (bomb(4_000, 3_001), "12 million"),
        (bomb(1_000, 1_000), "cannot be read"),
        (picture()[:-20], "damaged"),
        (picture() + b"PK\x03\x04 and an archive", "follows the end"),
        (picture().replace(b"IDAT", b"IDAX", 1), "damaged"),
        (picture(size=(300, 300)), "needs 400"),
        (picture(save_all=True, append_images=[Image.new("RGBA", (600, 500), "red")]), "moves"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_print_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        received_artwork(data)
    assert refused.value.field == "file"


def test_a_photograph_loses_everything_but_its_pixels_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "A camera that knows where it was"
    sent = picture("JPEG", (800, 500), "RGB", exif=exif)
    received = received_photograph(sent)
    assert (received.width, received.height) == (500, 800)
    assert b"camera" not in received.content
    with Image.open(BytesIO(received.content)) as made:
        assert made.format == "WEBP"
        assert not made.getexif()


def test_a_photograph_is_never_larger_than_a_screen() -> None:
    assert received_photograph(picture("JPEG", (4000, 3000), "RGB")).width == 2560


def test_a_profile_is_understood_and_left_behind() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    received = received_photograph(picture("PNG", mode="RGB", icc_profile=profile))
    with Image.open(BytesIO(received.content)) as made:
        assert "icc_profile" not in made.info


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (drawing(), "no JPEG, PNG or WebP"),
        (picture("JPEG", mode="RGB") + b"ftypmp42 a short film", "follows the end"),
        (picture("JPEG", mode="RGB", comment=b"<script>alert(1)</script>"), "something else"),
        (picture("JPEG", mode="RGB", comment=b"%PDF-1.7"), "something else"),
        (picture("WEBP", mode="RGB") + b"more", "where it says"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9", "cannot be read"),
        (bomb(6_000, 5_000), "24 million"),
    ],
)
def test_what_is_no_plain_photograph_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        received_photograph(data)
