"""Named errors: rooms raise them by meaning, doors answer them by kind."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """What a door should answer; the value is the HTTP status."""

    INVALID = 422
    NOT_FOUND = 404
    CONFLICT = 409
    FORBIDDEN = 403
    GONE = 410
    TOO_MANY = 429
    UNAVAILABLE = 503


class ShopError(Exception):
    """Base of all errors that a person may be told of.

    `message` is a whole sentence in plain words, safe to show to a visitor; `field` names the form field it
    belongs to, when it belongs to one.
    """

    kind: Kind = Kind.INVALID

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Invalid(ShopError):
    """What was asked makes no sense here."""


class NotFound(ShopError):
    """The thing asked for does not exist, or is not for this visitor."""

    kind = Kind.NOT_FOUND


class Conflict(ShopError):
    """The world changed between the page and the press of the button."""

    kind = Kind.CONFLICT


class Forbidden(ShopError):
    """This person may not do this."""

    kind = Kind.FORBIDDEN


class TooMany(ShopError):
    """Asked too often."""

    kind = Kind.TOO_MANY


class Unavailable(ShopError):
    """Something we depend on does not answer; trying again later is right."""

    kind = Kind.UNAVAILABLE
