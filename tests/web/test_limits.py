"""Limits at the door: whom a proxy speaks for, how long to wait, codes that are guessed, what only robots fill in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shop.core.config import BadSettings, Settings
from shop.factory import create_app
from shop.journeys.card_testing import CODES_OF_A_BROWSER, OF_A_BROWSER
from tests.support.shopper import Shopper
from tests.support.till import Till
from tests.support.trap import shown


@pytest.mark.own_app
@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")], ids=["none", "one", "two"]
)
def test_only_our_own_proxies_are_believed(settings: Settings, proxies: int, seen: str) -> None:
    app = create_app(replace(settings, trusted_proxies=proxies))

    @app.get("/whoami")
    def whoami() -> str:
        from flask import request

        return f"{request.remote_addr} {request.host}"

    headers = {"X-Forwarded-For": "6.6.6.6, 198.51.100.7, 203.0.113.9", "X-Forwarded-Host": "evil.test"}
    answer = app.test_client().get("/whoami", base_url="http://shop.test", headers=headers)
    assert answer.get_data(as_text=True) == f"{seen} shop.test"


@pytest.mark.parametrize("count", ["-1", "many", "6", "1.5"])
def test_a_count_that_is_none_is_told(count: str, tmp_path: object) -> None:
    with pytest.raises(BadSettings, match="TRUSTED_PROXIES"):
        Settings.from_environ({"VAR_DIR": str(tmp_path), "TRUSTED_PROXIES": count})


def test_codes_cannot_be_guessed_and_it_is_said_how_long_to_wait(shopper: Shopper) -> None:
    shopper.puts("tee")
    for number in range(CODES_OF_A_BROWSER[0]):
        assert shopper.browser.post("/cart/code", {"code": f"GUESS{number}"}).status == 422
    page = shopper.browser.post("/cart/code", {"code": "SPRING"})
    assert page.status == 429
    assert 'id="code-error"' in page.text
    assert 'value="SPRING"' in page.text
    assert 0 < int(page.headers["retry-after"]) <= 601


def test_too_many_payment_pages_say_when_to_come_again(shopper: Shopper, till: Till) -> None:
    shopper.looks_at("/cart")
    for _number in range(OF_A_BROWSER[0][0] + 1):
        shopper.puts("tee").checks_out()
        key = shopper.looks_at("/donate").page.value_of("key")
        page = shopper.browser.post("/donate", {"key": key, "gift": "1000"} | shown())
        if page.status == 429:
            break
    assert page.status == 429
    assert int(page.headers["retry-after"]) > 0


def test_what_only_a_robot_fills_in_opens_no_payment_page(shopper: Shopper, till: Till) -> None:
    shopper.puts("tee")
    page = shopper.browser.post("/checkout", {"country": "US", "website": "http://spam.test", "note": "Hi"})
    assert page.status == 422
    assert "press the button once more" in page.text
    assert till.processor.pages == {}
