"""Kinds of parameter: each reads text from a form into a typed value, or refuses as Stripe does.

A kind has one method, `read(value, at)`, where `at` is the parameter's full name such as
`line_items[0][quantity]`. It raises ApiError (400) and never anything else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol
from urllib.parse import urlsplit

from shop.stripe_standin.errors import ApiError, empty_parameter, missing_parameter, not_yet, unknown_parameter
from shop.stripe_standin.shapes import Json, Raw

MAX_INTEGER = 99_999_999
"""Stripe charges at most eight digits of minor units."""

_INTEGER = re.compile(r"^[+-]?\d{1,18}$", re.ASCII)
_HOST = re.compile(r"^[^\s;,'\"<>\\`{}|^]+$")
_UNSPEAKABLE = re.compile(r"[\s\x00-\x1f]")
_EMAIL = re.compile(r"^[^@\s<>()\[\],;:\"]+@[^@\s.]+(\.[^@\s.]+)+$")


class Kind(Protocol):
    """What can stand in a declared schema."""

    def read(self, value: Raw, at: str) -> Any:
        """The typed value; raises ApiError."""


def _text(value: Raw, at: str, what: str = "string") -> str:
    if not isinstance(value, str):
        raise ApiError(f"Invalid {what}: {at} must not be a group.", param=at)
    if value == "":
        raise empty_parameter(at)
    return value


@dataclass(frozen=True)
class Text:
    """Text of at most `longest` characters."""

    longest: int = 5_000

    def read(self, value: Raw, at: str) -> str:
        text = _text(value, at)
        if len(text) > self.longest:
            raise ApiError(
                f"Invalid string: {text[:10]}...{text[-10:]}; must be at most {self.longest} characters", param=at
            )
        return text


@dataclass(frozen=True)
class Integer:
    """A whole number within bounds."""

    least: int = 0
    most: int = MAX_INTEGER

    def read(self, value: Raw, at: str) -> int:
        text = _text(value, at, "integer")
        if not _INTEGER.match(text):
            raise ApiError(f"Invalid integer: {text[:40]}", code="parameter_invalid_integer", param=at)
        number = int(text)
        if number < self.least:
            raise ApiError(
                f"This value must be greater than or equal to {self.least}.",
                code="parameter_invalid_integer",
                param=at,
            )
        if number > self.most:
            raise ApiError(f"This value must be less than or equal to {self.most}.", param=at)
        return number


@dataclass(frozen=True)
class DecimalAmount:
    """Minor units with up to twelve decimal places, as `unit_amount_decimal` takes them."""

    def read(self, value: Raw, at: str) -> Decimal:
        text = _text(value, at, "decimal")
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise ApiError(f"Invalid decimal: {text[:40]}", param=at) from error
        exponent = number.as_tuple().exponent
        if not number.is_finite() or number < 0 or number > MAX_INTEGER or int(exponent) < -12:
            raise ApiError(f"Invalid decimal: {text[:40]}; must be positive with at most 12 places", param=at)
        return number


@dataclass(frozen=True)
class Flag:
    """`true` or `false`."""

    def read(self, value: Raw, at: str) -> bool:
        text = _text(value, at, "boolean")
        if text not in ("true", "false"):
            raise ApiError(f"Invalid boolean: {text[:40]}", param=at)
        return text == "true"


@dataclass(frozen=True)
class Choice:
    """One of a closed set of words."""

    words: tuple[str, ...]

    def read(self, value: Raw, at: str) -> str:
        text = _text(value, at)
        if text not in self.words:
            shown = ", ".join(self.words[:12]) + (" ..." if len(self.words) > 12 else "")
            raise ApiError(f"Invalid {at}: must be one of {shown}", param=at)
        return text


@dataclass(frozen=True)
class Url:
    """An absolute http or https address."""

    def read(self, value: Raw, at: str) -> str:
        text = Text(5_000).read(value, at)
        try:
            parts = urlsplit(text)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not _HOST.match(parts.netloc) or _UNSPEAKABLE.search(text):
            raise ApiError("Not a valid URL", code="url_invalid", param=at)
        return text


@dataclass(frozen=True)
class Email:
    """An address a person could have."""

    def read(self, value: Raw, at: str) -> str:
        text = Text(512).read(value, at)
        if not _EMAIL.match(text):
            raise ApiError(f"Invalid email address: {text[:80]}", code="email_invalid", param=at)
        return text


@dataclass(frozen=True)
class ListOf:
    """A list, each entry of one kind."""

    entry: Kind
    most: int = 100

    def read(self, value: Raw, at: str) -> list[Any]:
        if value == "":
            raise empty_parameter(at)
        if not isinstance(value, list):
            raise ApiError("Invalid array", param=at)
        if len(value) > self.most:
            raise ApiError(f"Array {at} exceeded maximum {self.most} allowed elements.", param=at)
        return [self.entry.read(below, f"{at}[{index}]") for index, below in enumerate(value)]


@dataclass(frozen=True)
class Fields:
    """A group of named parameters; `not_yet` names those of Stripe that the stand-in lacks."""

    kinds: Mapping[str, Kind]
    required: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = field(default=())

    def read(self, value: Raw, at: str) -> Json:
        if value == "" and at:
            raise empty_parameter(at)
        if not isinstance(value, dict):
            raise ApiError("Invalid object", param=at or None)
        typed: Json = {}
        for name, below in value.items():
            full = f"{at}[{name}]" if at else name
            typed[name] = self._kind(name, full).read(below, full)
        for name in self.required:
            if name not in typed:
                raise missing_parameter(f"{at}[{name}]" if at else name)
        return typed

    def _kind(self, name: str, full: str) -> Kind:
        kind = self.kinds.get(name)
        if kind is not None:
            return kind
        raise not_yet(full) if name in self.not_yet else unknown_parameter(full)
