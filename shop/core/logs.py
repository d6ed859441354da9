"""What the programs of the store write down while they run: one line for each event, to the standard error stream.

In production a line is a JSON object (UTC, RFC 3339), for whatever collects logs; on a development machine it is words.
Two things never stand in a line, whoever wrote it: what looks like a card's number, an e-mail address or a secret is
masked (`scrub`), and addresses of pages are named by their route, for a path may hold the token of an order.

Refusals that somebody may have provoked on purpose go to a logger of their own (`security`); docs/security.md lists
every event, what it carries and how long it is to be kept.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Mapping

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.msgspec import MsgspecFormatter

Facts = Callable[[logging.LogRecord], Mapping[str, object]]
SECURITY = "shop.security"

# 13 to 19 figures with single blanks or hyphens between, as cards are printed (ISO/IEC 7812-1).
_LONG_NUMBER = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w|\.\d)")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_SECRET = re.compile(r"\b(?:sk|rk|whsec|pk)_(?:live_|test_)?\w{8,}")
_PASSWORD_IN_URL = re.compile(r"(?<=://)[^\s/:@]*:[^\s/@]*@")

_security = logging.getLogger(SECURITY)


def open_logs(*, production: bool, around: Facts) -> None:
    """Write the lines of this process to standard error; `around` gives what one is to say of its surroundings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json() if production else _Words("%(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_Surrounded(around))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("shop").setLevel(logging.INFO)  # libraries tell of each request at this level, addresses and all


def security(event: str, **facts: object) -> None:
    """A refusal worth looking at when there are many; `event` is one of docs/security.md. Names nobody in clear."""
    _security.warning(event, extra=facts)


def scrub(line: str) -> str:
    """The line without card numbers, e-mail addresses, Stripe's keys and passwords inside of addresses."""
    line = _PASSWORD_IN_URL.sub("[password]@", line)
    line = _ADDRESS.sub("[address]", line)
    line = _SECRET.sub("[secret]", line)
    return _LONG_NUMBER.sub(lambda found: "[card]" if passes_luhn(found[0]) else found[0], line)


def passes_luhn(number: str) -> bool:
    """Whether the check digit fits (ISO/IEC 7812-1, annex B); blanks and hyphens do not count."""
    figures = [int(one) for one in reversed(number) if one.isdecimal()]
    doubled = (sum(divmod(2 * one, 10)) for one in figures[1::2])
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0


class _Scrubbed(logging.Formatter):
    """Masks the line as a whole, its trace too."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


class _Json(_Scrubbed, MsgspecFormatter):
    """One object a line."""


class _Words(_Scrubbed):
    """Words for a person, and the facts after them."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's name
        facts = {name: value for name, value in vars(record).items() if name not in RESERVED_ATTRS}
        return " ".join([super().formatMessage(record), *(f"{name}={value}" for name, value in facts.items())])


class _Surrounded(logging.Filter):
    """Adds what the surroundings say, unless the line says it itself."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def filter(self, record: logging.LogRecord) -> bool:
        for name, value in self._facts(record).items():
            vars(record).setdefault(name, value)
        return True


def _json() -> logging.Formatter:
    names = {"levelname": "level", "name": "logger", "message": "event"}
    return _Json("%(levelname)s %(name)s %(message)s", rename_fields=names, timestamp="time")
