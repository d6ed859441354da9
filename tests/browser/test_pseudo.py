"""Pages from right to left and a third longer, on a phone: nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from shop.demo.seed import seed
from tests.support.pseudo import pseudo_known

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]
PAGES = "/ /shop /shop/look-closer-tee /campaigns/look-closer /giving /cart /donate /orders/find /pages/help".split()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The demo movement in a store that speaks the pseudo language."""
    seed()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    with pseudo_known():
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/xb"
        server.shutdown()
        serving.join()


def test_a_page_turned_round_fits_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    wide: dict[str, int] = {}
    for path in PAGES:
        page.goto(f"{address}{path}")
        assert page.evaluate("document.dir") == "rtl"
        wide[path] = page.evaluate("document.scrollingElement.scrollWidth")
    context.close()
    assert {path: width for path, width in wide.items() if width > 390} == {}
