"""Every page of the back office, in a store where everything happened: for axe, on phones and laptops, and by Tab."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from shop.core.database import transaction
from shop.staff.operations import sign_ins
from tests.admin.desk import Desk
from tests.browser.test_pages import RULES
from tests.support.addresses import addresses
from tests.support.by_keyboard import walked
from tests.support.openers import opened, searched
from tests.support.stocked import Stocked

pytestmark = [pytest.mark.soak(minutes=2), pytest.mark.only_on("sqlite")]  # two minutes, beside other long runs
LOOK = "options => axe.run(options.where, options.how).then(found => found.violations)"
COLOURS = {"type": "rule", "values": ["color-contrast"]}
EVERY_RULE = {"type": "tag", "values": RULES["runOnly"]}
MENUS = [[".rail"], [".desk__menu"]]  # the same on every page: looked at once
OPEN = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
WIDTHS = (1280, 390)
LETTERS = {
    "admin.letter_as_mail",
    "admin.letter_words_as_mail",
}  # shown in a frame of a page, as their readers get them


class Backstage:
    """A store with everything in it, served from this process; `paths` are its pages for staff, by endpoint."""

    def __init__(self, app: Flask, url: str) -> None:
        stocked = Stocked(app)
        stocked.lives()
        desk = Desk(app, name="Olu")
        every = addresses(app, stocked, desk.client)
        self.url, self.token = url, _token(desk.member_id)
        self.paths = {
            name: path
            for name, path in every.items()
            if name.startswith("admin.") and name not in LETTERS and desk.client.get(path).mimetype == "text/html"
        }


@pytest.fixture
def backstage(app: Flask) -> Iterator[Backstage]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    made = Backstage(app, f"http://127.0.0.1:{server.server_port}")
    serving.start()
    yield made
    server.shutdown()
    serving.join()
    server.server_close()


def _token(member_id: int) -> str:
    with transaction():
        return sign_ins.begin(member_id=member_id, second_factor=True, user_agent="Chromium")


@contextmanager
def _owner(browser: Browser, store: Backstage, width: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=store.url, viewport={"width": width, "height": 844}, reduced_motion="reduce", color_scheme="light"
    )
    context.set_default_timeout(60_000)
    context.add_cookies([{"name": "staff", "value": store.token, "url": store.url}])
    yield context.new_page()
    context.close()


def _barriers(page: Page, rules: object, *, without: object = ()) -> list[str]:
    """By axe, which is on the page already."""
    where: dict[str, object] = {"include": [["html"]], **({"exclude": without} if without else {})}
    how = {"runOnly": rules, "resultTypes": ["violations"], "iframes": False}  # letters run no scripts, axe neither
    found = page.evaluate(LOOK, {"where": where, "how": how})
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def test_no_page_of_the_back_office_puts_up_a_barrier(browser: Browser, backstage: Backstage) -> None:
    """By axe, what can be opened opened; dark, by the contrast of its colours."""
    found: list[str] = []
    with _owner(browser, backstage, 1280) as page:
        for number, path in enumerate(backstage.paths.values()):
            page.goto(path, wait_until="load")
            page.evaluate(AXE_SCRIPT)
            page.evaluate(OPEN)
            menus = MENUS if number else ()
            if not number:
                found += searched(page)
                found += [f"the search: {one}" for one in _barriers(page, EVERY_RULE)]
                page.keyboard.press("Escape")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 844})
                found += [f"{path} at {width}: {one}" for one in _barriers(page, EVERY_RULE, without=menus)]
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                found += [f"{path} at {width}: {over} px too wide"] if over > 0 else []
            page.emulate_media(color_scheme="dark")
            found += [f"{path} in the dark: {one}" for one in _barriers(page, COLOURS, without=menus)]
            page.emulate_media(color_scheme="light")
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_back_office_is_walked_by_tab(browser: Browser, backstage: Backstage, width: int) -> None:
    """From the first link, which skips to the content, to the last control: each reached, in order, seen, none a trap.

    The menu is the same on each page and walked through on the first; on the others its link leads past it. What opens
    by a press is opened by Enter and closed by Escape, which does not depend on the width.
    """
    wrong: list[str] = []
    with _owner(browser, backstage, width) as page:
        for number, path in enumerate(backstage.paths.values()):
            page.goto(path, wait_until="load")
            page.evaluate(OPEN)
            wrong += [f"{path}: {one}" for one in walked(page, past_the_menu=number > 0)]
            if width == WIDTHS[0]:
                wrong += [f"{path}: {one}" for one in opened(page)]
    assert wrong == [], "\n".join(wrong)
