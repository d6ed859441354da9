"""Who is counted, and as what: rules alone."""

from __future__ import annotations

import pytest

from shop.visits.rules import a_person, from_outside, wants_no_counting

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1"


@pytest.mark.parametrize("agent", [FIREFOX, PHONE])
def test_browsers_are_people(agent: str) -> None:
    assert a_person(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/139.0 Safari/537.36",
        "facebookexternalhit/1.1",
        "python-requests/2.32",
    ],
)
def test_programs_are_not(agent: str) -> None:
    assert not a_person(agent)


def test_whoever_asks_not_to_be_tracked_is_not_counted() -> None:
    assert wants_no_counting({"DNT": "1"})
    assert wants_no_counting({"Sec-GPC": "1"})
    assert not wants_no_counting({"DNT": "0"})


@pytest.mark.parametrize(
    ("headers", "outside"),
    [
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Referer": "https://shop.test/"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({}, True),
        ({"Referer": "https://elsewhere.example/shop.test/"}, True),
        ({"Referer": "https://shop.test/shop"}, False),
        ({"Referer": "https://shop.test"}, False),
    ],
)
def test_a_visit_begins_outside(headers: dict[str, str], outside: bool) -> None:
    assert from_outside(headers, own_host="shop.test") is outside
