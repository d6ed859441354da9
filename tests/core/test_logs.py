"""What stands in a line of the log, and what never does."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import pytest

from shop.core.logs import SECURITY, open_logs, passes_luhn, scrub, security

CARD = "4242 4242 4242 4242"  # Stripe's own card for tests


@pytest.fixture(autouse=True)
def logs_put_back() -> Iterator[None]:
    """The root logger is pytest's again afterwards."""
    root, shop = logging.getLogger(), logging.getLogger("shop")
    handlers, levels = root.handlers[:], (root.level, shop.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    shop.setLevel(levels[1])


def _alone(_record: logging.LogRecord) -> Mapping[str, object]:
    return {}


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_in_production_a_line_is_an_object_with_its_moment_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    open_logs(production=True, around=lambda _record: {"request": "ab12", "route": "/cart"})
    logging.getLogger("shop.requests").info("answered", extra={"status": 200, "ms": 3.5})
    (line,) = _lines(capsys)
    moment = datetime.fromisoformat(str(line.pop("time")))
    assert moment.utcoffset() == timedelta()
    assert line == {
        "level": "INFO",
        "logger": "shop.requests",
        "event": "answered",
        "status": 200,
        "ms": 3.5,
        "request": "ab12",
        "route": "/cart",
    }


def test_a_trace_stays_inside_of_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    open_logs(production=True, around=_alone)
    try:
        int("x\nforged line")
    except ValueError:
        logging.getLogger("shop.web.errors").exception("failed\nas well")
    (line,) = _lines(capsys)
    assert line["event"] == "failed\nas well"
    assert "ValueError" in str(line["exc_info"])


def test_a_development_machine_gets_words(capsys: pytest.CaptureFixture[str]) -> None:
    open_logs(production=False, around=_alone)
    security("code_refused", member=7)
    assert capsys.readouterr().err == f"WARNING {SECURITY}: code_refused member=7\n"


def test_libraries_are_heard_when_something_is_wrong_only(capsys: pytest.CaptureFixture[str]) -> None:
    open_logs(production=True, around=_alone)
    logging.getLogger("stripe").info("POST /v1/checkout/sessions")
    logging.getLogger("stripe").warning("slow")
    assert [line["event"] for line in _lines(capsys)] == ["slow"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (f"card {CARD} refused", "card [card] refused"),
        ("card 4242424242424242.", "card [card]."),
        ("378282246310005 and 6011-1111-1111-1117", "[card] and [card]"),
        ("from ada.lovelace+tee@mail.example.org to <x@example.co.uk>", "from [address] to <[address]>"),
        ("key sk_live_abcdefgh12345 and whsec_abcdefgh", "key [secret] and [secret]"),
        ("postgresql://shop:hidden@db/shop", "postgresql://[password]@db/shop"),
    ],
)
def test_what_must_not_be_kept_is_masked(told: str, kept: str) -> None:
    assert scrub(told) == kept


@pytest.mark.parametrize(
    "told", ["4242 4242 4242 4241", "order 2026-1126-0007", "took 1234567890 ns", "pi_3PqXyZ", "@home"]
)
def test_what_is_no_card_and_nobody_s_address_stays(told: str) -> None:
    assert scrub(told) == told


def test_wherever_it_hides_it_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    """In the words, in the facts beside them and in a trace."""
    for production in (True, False):
        open_logs(production=production, around=_alone)
        try:
            raise ValueError(f"bad number {CARD}")
        except ValueError:
            logging.getLogger("shop").exception("about %s", CARD, extra={"given": CARD})
        written = capsys.readouterr().err
        assert "4242" not in re.sub(r"line \d+", "", written)
        assert written.count("[card]") == 3


def test_one_wrong_figure_or_two_changed_places_are_no_card() -> None:
    assert passes_luhn("79927398713")  # the example of the standard
    assert not any(passes_luhn(f"7992739871{last}") for last in "012456789")
    assert not passes_luhn("79927398731")
