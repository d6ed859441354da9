"""Staff put things into another language; readers get it, marked where it is missing, and nothing typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.admin.desk import Desk, text_of
from tests.support.client import SeparateClient
from tests.support.factories import Shelf, open_shop


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop()


def test_a_product_speaks_spanish_as_far_as_it_was_told(app: Flask, client: SeparateClient, shelf: Shelf) -> None:
    assert '<h1 class="product__name" lang="en" dir="ltr">Tee</h1>' in client.get("/es/shop/tee").text
    desk, page = Desk(app, "content"), f"/admin/words/product/{shelf.product_id}/es"
    assert "100% cotton" in desk.reads(page)
    assert desk.press(page, page, title="Camiseta", story="Con *historia*.", seen=0).status_code == 303
    spanish = client.get("/es/shop/tee").text
    assert '<h1 class="product__name">Camiseta</h1>' in spanish
    assert '<div class="prose"><p>Con <em>historia</em>.</p>' in spanish
    assert '<dd lang="en" dir="ltr">Made in Portugal</dd>' in spanish
    assert ">Camiseta</a>" in client.get("/es/shop").text
    assert "Camiseta" not in client.get("/shop/tee").text


def test_whoever_is_slower_sees_both_and_bad_markup_is_told(app: Flask, shelf: Shelf) -> None:
    desk, page = Desk(app, "content"), f"/admin/words/partner/{shelf.partner_id}/es"
    desk.press(page, page, blurb="Primero.", seen=0)
    late = desk.press(page, page, blurb="Segundo.", seen=0)
    assert (late.status_code, "Primero." in text_of(late), "Segundo." in late.text) == (409, True, True)
    assert desk.get("/admin/words/partner/999/es").status_code == 404
    assert desk.get(f"/admin/words/partner/{shelf.partner_id}/en").status_code == 404
    assert desk.get(f"/admin/words/weather/{shelf.partner_id}/es").status_code == 404
