"""Whatever stands in an address, a query, a header or a cookie is never a fault of ours.

What is typed into forms is the business of `test_every_form.py`; here are the ways past them. Every address that
answers GET is asked, as an owner who is signed in; a new one is in it by being in the url map.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.admin.desk import Desk
from tests.admin.sales import Counter
from tests.support.client import SeparateClient

PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
NUMBERS = ("0", "9" * 15, "9" * 19, "9" * 40, "-1", "1e9", "٣")
WORDS = (
    "\x00",
    "x" * 300,
    "../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%ff%fe",
    "a\r\nX-Evil: 1",
    "🧵\u202e",
    "'",
)
QUERIES = (
    "page",
    "q",
    "list",
    "state",
    "sort",
    "colour",
    "size",
    "from",
    "until",
    "order",
    "next",
    "to",
    "src",
    "code",
)
HEADERS = (
    {"Cookie": "cart=\xff; language=\x01; __Host-cart=e30.AAAA.BBBB; session=eyJ9.x.y; __Host-session=.eJw.x"},
    {"Accept-Language": "x" * 5000},
    {"Accept-Language": "es;q=NaN, en;q=, *;q=-1"},
    {"Range": "bytes=9-1,-,x", "If-Range": "x"},
    {"If-None-Match": '"x", W/"', "If-Modified-Since": "yesterday"},
    {"User-Agent": "\x01\xff" * 200},
    {"Accept-Encoding": "br;q=x, gzip;q=-1"},
    {"X-Forwarded-For": "x, 1.2.3.4, ::", "X-Forwarded-Proto": "javascript"},
    {"Authorization": "Basic !!!"},
)
LEAVES = ("/leave", "/admin/sign-out", "/admin/leave")
AWAY = 503  # Stripe is not there in these tests


@pytest.fixture
def owner(app: Flask, tmp_path: Path) -> SeparateClient:
    """Of the demo, with an order that is paid."""
    made = Counter(tmp_path)
    made.takes_money_for(made.sells(made.tees[0]), email="robin@example.org")
    return Desk(app).client


def _rules(app: Flask) -> list[Rule]:
    read = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set()) and rule.endpoint != "static"]
    return sorted((rule for rule in read if not rule.rule.startswith(LEAVES)), key=str)


def _faults(client: SeparateClient, paths: list[str], headers: dict[str, str] | None = None) -> list[str]:
    wrong = []
    for path in paths:
        answer = client.get(path, headers=headers)
        if answer.status_code >= 500 and answer.status_code != AWAY:
            wrong.append(f"{path[:120]}: {answer.status_code}")
        if "X-Evil" in answer.headers:
            wrong.append(f"{path[:120]}: a header of a stranger's")
        answer.close()
    return wrong


@pytest.mark.soak
def test_nothing_in_an_address_is_a_fault_of_ours(app: Flask, owner: SeparateClient) -> None:
    asked = [rule.rule for rule in _rules(app) if "<" in rule.rule]
    paths = [PARAMETER.sub(quote(value), rule) for rule in asked for value in (*NUMBERS, *WORDS)]
    assert _faults(owner, paths) == []


@pytest.mark.soak
def test_nothing_in_a_query_is_a_fault_of_ours(app: Flask, owner: SeparateClient) -> None:
    plain = [rule.rule for rule in _rules(app) if "<" not in rule.rule]
    hostile = ("9" * 40, "\x00", "a\r\nX-Evil: 1")
    queries = ["&".join(f"{name}={quote(value)}" for name in QUERIES) for value in hostile]
    assert _faults(owner, [f"{path}?{query}" for path in plain for query in queries]) == []


@pytest.mark.soak
@pytest.mark.only_on("sqlite")
def test_nothing_in_a_header_is_a_fault_of_ours(owner: SeparateClient) -> None:
    pages = ["/", "/shop", "/cart", "/donate", "/admin/", "/robots.txt", "/media/cards/store.png"]
    assert [fault for headers in HEADERS for fault in _faults(owner, pages, headers)] == []
