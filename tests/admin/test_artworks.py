"""Prints that staff bring: from a file to every garment, its size and place, its products and its printer's file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageDraw
from sqlalchemy import select
from werkzeug.test import TestResponse

from shop.catalogue.models import Product
from shop.core.config import Settings
from shop.core.database import end_read, session
from shop.media.models import UploadedArtwork
from shop.media.prints import PrintShelf
from shop.media.rules import PictureSpec, draw
from shop.staff.models import AuditEntry
from tests.admin.desk import Desk, press
from tests.support.factories import open_shop

NEW = "/admin/artworks/new"
WORDS = {"title": "A star", "description": "a star on a disc", "credit": "Robin Vale"}


def star() -> bytes:
    image = Image.new("RGBA", (700, 600))
    ImageDraw.Draw(image).ellipse((100, 50, 599, 549), fill=(200, 55, 27, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def bring(desk: Desk, data: bytes, **words: str) -> TestResponse:
    return press(desk.client, NEW, NEW, file=(BytesIO(data), "star.png"), **{**WORDS, **words})


@pytest.fixture
def desk(app: Flask) -> Desk:
    open_shop()
    return Desk(app, "content")


def brought(desk: Desk) -> UploadedArtwork:
    end_read()
    return session().execute(select(UploadedArtwork).order_by(UploadedArtwork.id.desc())).scalars().first()  # type: ignore[return-value]  # tests bring one first


def test_a_print_becomes_every_garment_and_a_file_for_the_printer(desk: Desk, app: Flask) -> None:
    answer = bring(desk, star())
    assert answer.status_code == 303
    text = desk.reads(answer.headers["Location"])
    assert "500 × 500 pixels, 280 × 280 mm, 45 dots an inch" in text
    assert "will look soft" in text
    key = brought(desk).key
    assert 'href="data:image/png;base64,' in draw(PictureSpec("hoodie", "back", "#1d1b19", key))
    settings: Settings = app.extensions["settings"]
    waiting = desk.get(f"/admin/artworks/print/{key}/own")
    assert waiting.status_code == 202
    assert PrintShelf(settings.var / "prints", uploads=settings.var / "uploads").make_wanted()
    file = desk.get(f"/admin/artworks/print/{key}/own")
    with Image.open(BytesIO(file.data)) as made:
        assert made.size == (3307, 3307)
        assert round(made.info["dpi"][0]) == 300
    file.close()


def test_a_print_that_is_moved_moves_on_the_products_that_carry_it(desk: Desk) -> None:
    page = bring(desk, star()).headers["Location"]
    before = brought(desk).key
    product = session().execute(select(Product.id)).scalars().first()
    press(desk.client, page, f"{page}/wear", product=product)
    moved = {"seen": before, "width_mm": 200, "right_mm": -20, "down_mm": 30, "description": "a red disc"}
    assert press(desk.client, page, f"{page}/place", **moved).status_code == 303
    after = brought(desk)
    assert (after.width_mm, after.right_mm, after.key == before) == (200, -20, False)
    assert session().execute(select(Product.artwork).where(Product.id == product)).scalar_one() == after.key
    as_worn = {draw(PictureSpec("tee", "front", "#1d1b19", key)) for key in (before, after.key)}
    assert len(as_worn) == 2
    done = [row.action for row in session().execute(select(AuditEntry)).scalars()]
    assert done[-3:] == ["artwork.added", "artwork.put_on", "artwork.placed"]
    end_read()
    late = press(desk.client, page, f"{page}/place", **{**moved, "width_mm": 100})
    assert late.status_code == 409
    assert "Somebody else changed this print" in late.text


def test_a_file_that_is_no_print_is_refused_beside_its_field_and_nothing_is_kept(desk: Desk, app: Flask) -> None:
    answer = bring(desk, b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    assert answer.status_code == 422
    assert "We cannot take this drawing: it holds a script." in answer.text
    assert 'aria-describedby="file-hint file-error"' in " ".join(answer.text.split())
    assert 'value="A star"' in " ".join(answer.text.split())
    uploads: Path = app.extensions["settings"].var / "uploads"
    assert list(uploads.rglob("*.png")) == []


def test_the_same_print_twice_is_said(desk: Desk) -> None:
    bring(desk, star())
    assert bring(desk, star()).status_code == 409


def test_a_body_too_large_for_this_page_is_refused(desk: Desk) -> None:
    body, kind = b"\0" * (17 * 1024 * 1024), "multipart/form-data; boundary=x"
    assert desk.client.post(NEW, data=body, content_type=kind).status_code == 413
