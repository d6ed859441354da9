"""What the log says of requests: enough to find what happened, and nothing of who asked."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.core.config import Settings
from shop.core.logs import SECURITY
from shop.web.request_log import surroundings
from tests.support.client import SeparateClient, visitor_of
from tests.support.factories import Shelf

TOKEN = "a-token-that-opens-an-order"


def _record(logger: str) -> logging.LogRecord:
    return logging.LogRecord(logger, logging.INFO, __file__, 1, "", None, None)


def test_a_request_is_named_by_its_route_and_never_by_its_address(app: Flask) -> None:
    with app.test_request_context(f"/orders/{TOKEN}?secret=1", environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        told = surroundings(_record("shop.requests"))
        again = surroundings(_record("shop.requests"))
    assert (told["method"], told["route"]) == ("GET", "/orders/<token>")
    assert told == again, "all lines of a request have one id"
    assert set(told) == {"request", "method", "route"}


def test_a_line_about_security_says_from_which_network(app: Flask) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        assert surroundings(_record(SECURITY))["network"] == "203.0.113.0/24"


def test_outside_of_a_request_nothing_is_added() -> None:
    assert surroundings(_record(SECURITY)) == {}


def test_in_production_each_answer_is_a_line_and_health_is_none(
    settings: Settings, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        visitor_of(replace(settings, production=True, base_url="https://shop.test")) as visitor,
        caplog.at_level(logging.INFO, "shop.requests"),
    ):
        for path in ("/healthz", f"/orders/{TOKEN}", "/cart"):
            visitor.get(path, base_url="https://shop.test")
    lines = [record for record in caplog.records if record.name == "shop.requests"]
    assert [vars(line)["status"] for line in lines] == [404, 200]
    assert all(vars(line)["ms"] > 0 for line in lines)
    assert TOKEN not in caplog.text


class TestRefusals:
    """Each is written down where it is refused."""

    @pytest.fixture(autouse=True)
    def security_heard(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.WARNING, SECURITY)

    def test_a_press_from_another_site(
        self, client: SeparateClient, shelf: Shelf, caplog: pytest.LogCaptureFixture
    ) -> None:
        client.post("/cart/gift", data={"gift": "none"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert caplog.messages == ["foreign_request_refused"]

    def test_a_webhook_that_stripe_did_not_sign(self, client: SeparateClient, caplog: pytest.LogCaptureFixture) -> None:
        client.post("/stripe/webhook", data="{}", headers={"Stripe-Signature": "t=1,v1=x"})
        assert caplog.messages == ["webhook_refused"]

    def test_a_robot(self, client: SeparateClient, shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
        client.post("/donate", data={"website": "https://spam.test"})
        assert caplog.messages == ["robot_caught"]
