"""What goes wrong is told in plain words, with the right status, and never with a trace."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask import Flask, abort
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shop.core import errors
from shop.core.config import Settings
from shop.core.database import end_read, session
from tests.support.client import SeparateClient, visitor_of
from tests.support.factories import Shelf
from tests.support.till import Till

INPUTS = (12, pytest.param(200, marks=pytest.mark.soak))  # for each field; R15 asks for the second


class Gone(errors.ShopError):
    kind = errors.Kind.GONE


RAISED: Mapping[str, tuple[Exception, int]] = {
    "invalid": (errors.Invalid("It makes no sense."), 422),
    "not-found": (errors.NotFound("It is not here."), 404),
    "conflict": (errors.Conflict("It changed."), 409),
    "forbidden": (errors.Forbidden("It is not for you."), 403),
    "gone": (Gone("It was here once."), 410),
    "too-many": (errors.TooMany("That was often."), 429),
    "unavailable": (errors.Unavailable("It does not answer."), 503),
}


Breaks = Callable[[Callable[[], object]], None]


@pytest.fixture
def breaks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Breaks:
    """Let a page that asks the database nothing go wrong in a way of the test's choosing."""
    return lambda raise_: monkeypatch.setitem(app.view_functions, "health.alive", lambda: str(raise_()))


def _throw(error: Exception) -> object:
    raise error


@pytest.mark.parametrize("name", RAISED)
def test_every_named_error_has_its_page(breaks: Breaks, client: SeparateClient, shelf: Shelf, name: str) -> None:
    error, status = RAISED[name]
    breaks(lambda: _throw(error))
    answer = client.get("/healthz")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert str(error) in page
    assert f"Error {status}" in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_kind_was_tried() -> None:
    assert {status for _, status in RAISED.values()} == {kind.value for kind in errors.Kind}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 429, 500, 501, 503])
def test_every_status_of_http_has_a_page_in_words(
    breaks: Breaks, client: SeparateClient, shelf: Shelf, status: int
) -> None:
    breaks(lambda: abort(status))
    answer = client.get("/healthz")
    assert answer.status_code == status
    assert "<h1>" in answer.get_data(as_text=True)


def test_what_nobody_foresaw_is_told_without_a_trace_and_with_a_reference(
    breaks: Breaks, client: SeparateClient, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    breaks(lambda: _throw(ZeroDivisionError("a secret of ours")))
    answer = client.get("/healthz")
    page = answer.get_data(as_text=True)
    found = re.search(r"Error 500, reference ([\w-]+)", page)
    assert answer.status_code == 500
    assert found is not None
    assert found[1] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert not {"Traceback", "ZeroDivisionError", "a secret of ours"} & set(re.findall(r"[\w ]+", page))


def test_a_database_that_fails_is_told_as_a_moment_to_wait(
    breaks: Breaks, client: SeparateClient, shelf: Shelf
) -> None:
    breaks(lambda: _throw(OperationalError("SELECT secret", {}, Exception("disk I/O error"))))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "secret" not in answer.get_data(as_text=True)


@pytest.mark.only_on("sqlite")
def test_while_the_database_is_away_every_page_says_so(settings: Settings, tmp_path: Path) -> None:
    with visitor_of(replace(settings, database_url=f"sqlite:///{tmp_path}/no/such/folder/shop.sqlite3")) as visitor:
        for path in ("/", "/shop", "/cart", "/giving", "/no-such-page", "/checkout"):
            answer = visitor.get(path)
            assert answer.status_code in (503, 404), path
            assert "<h1>" in answer.get_data(as_text=True), path


def test_an_unknown_page_and_method(client: SeparateClient, shelf: Shelf) -> None:
    assert client.get("/nothing/here").status_code == 404
    wrong = client.get("/cart/lines")
    assert wrong.status_code == 405
    assert wrong.headers["Allow"]


def test_a_method_that_nobody_needs_is_refused(client: SeparateClient, shelf: Shelf) -> None:
    for path in ("/", "/cart", "/admin/sign-in"):
        assert {client.open(path, method=method).status_code for method in ("TRACE", "CONNECT", "PUT")} <= {405}, path


def test_a_form_that_is_too_large_is_refused(client: SeparateClient, shelf: Shelf) -> None:
    assert client.post("/cart/gift", data={"gift": "own", "own_amount": "5" * 1_000_000}).status_code == 413


TYPED = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(
        [
            "\x00", "a\x00b", "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "%s%n",
            "\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "9" * 400, "-0", "1e309",
            "NaN", "\r\nSet-Cookie: x=1", "x" * 5_000, "tee", "ink", "M", "US", "own", "500", "round_up",
        ]
    ),
)  # fmt: skip
FORMS: Mapping[str, Mapping[str, str]] = {
    "/cart/lines": {"product": "tee", "colour": "ink", "size": "M", "quantity": "1"},
    "/cart/lines/2": {"quantity": "1"},
    "/cart/gift": {"gift": "own", "own_amount": "5"},
    "/checkout": {"country": "US", "note": "", "cart_version": ""},
    "/orders/find": {"email": "robin@example.org"},
}
FIELDS = [(path, field) for path, form in FORMS.items() for field in form]
ADDRESSES = (
    "/shop/{}",
    "/shop?page={}",
    "/shop/tee?colour={}&size={}",
    "/campaigns/{}",
    "/partners/{}",
    "/pages/{}",
    "/media/{}",
    "/orders/{}",
    "/checkout?country={}",
    "/checkout/return?session={}",
)
TABLES = ("orders", "order_lines", "stock_reservations", "outbox_jobs", "gifts", "letters", "checkout_sessions")


def _rows() -> list[int]:
    counted = [session().execute(text(f"SELECT COUNT(*) FROM {table}")).scalar_one() for table in TABLES]
    end_read()
    return counted


@pytest.mark.parametrize("inputs", INPUTS)
@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_whatever_is_typed_is_never_a_fault_and_writes_nothing_when_refused(
    app: Flask, shelf: Shelf, till: Till, path: str, field: str, inputs: int
) -> None:
    """R15: generated bad input for each field of each public form."""

    @how(
        max_examples=inputs,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(TYPED)
    def never_a_fault(typed: str) -> None:
        client, before = app.test_client(), _rows()
        if path == "/checkout":
            client.post("/cart/lines", data=FORMS["/cart/lines"])
        status = client.post(path, data={**FORMS[path], field: typed}).status_code
        assert status < 500
        assert status < 400 or _rows() == before

    never_a_fault()


@pytest.mark.parametrize("path", ADDRESSES)
def test_whatever_is_in_an_address_is_never_a_fault(app: Flask, shelf: Shelf, till: Till, path: str) -> None:
    @how(
        max_examples=60,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.one_of(st.text(min_size=1, max_size=60), st.sampled_from(["\x00", "%00", "..", "//", "9" * 400, "-1"])))
    def never_a_fault(typed: str) -> None:
        from urllib.parse import quote

        assert app.test_client().get(path.replace("{}", quote(typed, safe=""))).status_code < 500

    never_a_fault()
