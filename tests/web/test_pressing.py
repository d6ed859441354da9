"""Public pages go over the wire under brotli; what belongs to one person does not."""

from __future__ import annotations

import brotli
import pytest

from tests.support.client import SeparateClient

TAKES_BROTLI = {"Accept-Encoding": "gzip, br"}


@pytest.mark.usefixtures("shelf")
def test_a_public_page_is_pressed_for_browsers_that_take_it(client: SeparateClient) -> None:
    plain, pressed = client.get("/shop"), client.get("/shop", headers=TAKES_BROTLI)
    assert pressed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(pressed.data) == plain.data
    assert len(pressed.data) < 0.4 * len(plain.data), "even a page with one tee on it"
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, pressed))


@pytest.mark.usefixtures("shelf")
def test_both_forms_are_asked_for_again_by_their_own_names(client: SeparateClient) -> None:
    plain, pressed = client.get("/shop"), client.get("/shop", headers=TAKES_BROTLI)
    assert plain.headers["ETag"] != pressed.headers["ETag"]
    again = client.get("/shop", headers={**TAKES_BROTLI, "If-None-Match": pressed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/shop", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


@pytest.mark.usefixtures("shelf")
def test_a_cart_with_something_in_it_is_never_pressed(client: SeparateClient) -> None:
    empty = client.get("/cart", headers=TAKES_BROTLI)
    assert (empty.headers["Content-Encoding"], empty.headers["Cache-Control"]) == ("br", "no-store")
    client.post("/cart/lines", data={"product": "tee", "colour": "ink", "size": "M", "quantity": "1"})
    full = client.get("/cart", headers=TAKES_BROTLI)
    assert "Content-Encoding" not in full.headers
    assert "Ink, M" in full.text
