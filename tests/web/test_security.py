"""What every answer says to the browser, and which requests are refused before a view sees them."""

from __future__ import annotations

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import event, text

from shop.core.config import Settings
from shop.core.database import db, end_read, session
from shop.demo.seed import seed
from shop.web.security import PIXELS
from tests.support.client import SeparateClient, visitor_of
from tests.support.factories import Shelf
from tests.support.till import Till

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ARGUMENTS = {
    "slug": "tee",
    "token": "x",
    "variant_id": "2",
    "path": "x.svg",
    "order_id": "x",
    "letter_id": "1",
    "kind": "svg",
}


def _addresses(app: Flask, method: str) -> list[str]:
    """One address for each route that takes this method, the back office's too."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            values = {name: ARGUMENTS.get(name, "1") for name in rule.arguments}
            with app.test_request_context():
                found.append(str(app.url_map.bind("shop.test").build(rule.endpoint, values, method=method)))
    return found


def test_every_answer_of_every_route_carries_the_headers(app: Flask, client: SeparateClient, shelf: Shelf) -> None:
    addresses = [*_addresses(app, "GET"), "/no/such/page"]
    assert len(addresses) > 20
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code < 500, address
        told = answer.headers
        assert {name: told[name] for name in HEADERS} == HEADERS, address
        if answer.mimetype in PIXELS:
            continue
        assert told["Referrer-Policy"] in ("strict-origin-when-cross-origin", "no-referrer", "same-origin"), address
        policy = told["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "'unsafe-inline'" not in policy.replace("style-src 'unsafe-inline'; sandbox", ""), address
        assert "camera=()" in told["Permissions-Policy"], address
        answer.close()


def test_pages_hold_no_inline_script_style_or_handler(client: SeparateClient, app: Flask) -> None:
    seed(products=None)
    for path in ("/", "/shop", "/shop/north-star-tee", "/cart", "/campaigns", "/campaigns/look-closer", "/giving",
                 "/partners", "/orders/find", "/admin/sign-in"):  # fmt: skip
        page = client.get(path).get_data(as_text=True).lower()
        for hidden in ("<style", " style=", "javascript:", " onclick=", " onload=", " onchange=", " onsubmit="):
            assert hidden not in page, f"{hidden} in {path}"
        runs = page.count("<script") - page.count('<script type="application/ld+json"')  # data, never run
        assert runs == page.count('<script type="module" src=') + page.count("<script src="), path


class TestWhereARequestComesFrom:
    @pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
    def test_an_unsafe_one_from_another_site_is_refused(
        self, app: Flask, client: SeparateClient, shelf: Shelf, site: str
    ) -> None:
        for address in _addresses(app, "POST"):
            if address != "/stripe/webhook":
                assert client.post(address, headers={"Sec-Fetch-Site": site}).status_code == 403, address

    @pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://shop.test.evil.test", "https://evil@shop"])
    def test_so_is_one_whose_origin_is_another(self, app: Flask, shelf: Shelf, origin: str) -> None:
        plain = app.test_client().post("/cart/gift", data={"gift": "none"}, headers={"Origin": origin})
        assert plain.status_code in (303, 403)  # the client of the tests says same-origin, which is believed first
        bare = FlaskClient(app, Response).post(
            "/cart/gift", data={"gift": "none"}, headers={"Origin": origin}, base_url="http://shop.test"
        )
        assert bare.status_code == 403

    def test_one_from_our_own_pages_is_let_in(self, client: SeparateClient, shelf: Shelf, app: Flask) -> None:
        assert client.post("/cart/gift", data={"gift": "none"}).status_code == 303
        older = FlaskClient(app, Response).post(
            "/cart/gift", data={"gift": "none"}, headers={"Origin": "http://shop.test"}, base_url="http://shop.test"
        )
        assert older.status_code == 303

    def test_links_from_anywhere_may_be_followed(self, client: SeparateClient, shelf: Shelf) -> None:
        assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_reading_never_writes(app: Flask, client: SeparateClient, shelf: Shelf, till: Till) -> None:
    """The return page is the one exception: it settles what was paid, as often as it is asked."""
    written: list[str] = []
    event.listen(
        db.engine, "commit", lambda one: written.append("x") if one.get_execution_options().get("write_unit") else None
    )
    for address in _addresses(app, "GET"):
        client.get(address).close()
        client.head(address).close()
        assert not written, address


class TestOurName:
    @pytest.mark.parametrize("host", ["evil.test", "shop.test.evil.test", "evil.test:80", "shop.test@evil.test", ""])
    def test_another_host_is_refused(self, client: SeparateClient, shelf: Shelf, host: str) -> None:
        assert client.get("/", headers={"Host": host}).status_code == 400

    def test_ours_is_answered(self, client: SeparateClient, shelf: Shelf) -> None:
        assert client.get("/", headers={"Host": "shop.test"}).status_code == 200

    def test_in_production_loopback_names_are_others(self, settings: Settings, shelf: Shelf, app: Flask) -> None:
        with visitor_of(replace(settings, production=True, base_url="https://shop.test")) as visitor:
            assert visitor.get("/", base_url="https://127.0.0.1").status_code == 400
            answer = visitor.get("/", base_url="https://shop.test")
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_over_plain_http_no_browser_is_told_to_stay_with_https(client: SeparateClient, shelf: Shelf) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_a_form_may_lead_to_the_payment_page_and_nowhere_else(client: SeparateClient, shelf: Shelf) -> None:
    policy = client.get("/checkout").headers["Content-Security-Policy"]
    targets = next(part for part in policy.split("; ") if part.startswith("form-action")).split()[1:]
    assert targets == ["'self'", "https://checkout.stripe.com", "http://127.0.0.1:9"]


def test_the_database_is_as_it_was_after_a_refusal(client: SeparateClient, shelf: Shelf) -> None:
    before = session().execute(text("SELECT COUNT(*) FROM outbox_jobs")).scalar_one()
    end_read()
    refused = client.post("/orders/find", data={"email": "a@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert session().execute(text("SELECT COUNT(*) FROM outbox_jobs")).scalar_one() == before
    end_read()
