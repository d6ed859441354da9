"""Kinds that several endpoints share: metadata, time ranges, lists, currencies."""

from collections.abc import Mapping
from dataclasses import dataclass

from shop.stripe_standin.errors import ApiError, empty_parameter
from shop.stripe_standin.money import CURRENCIES
from shop.stripe_standin.parameters.kinds import Fields, Integer, Kind, ListOf, Text
from shop.stripe_standin.shapes import Json, Raw

MOST_KEYS, LONGEST_KEY, LONGEST_VALUE = 50, 40, 500
FAR_FUTURE = 99_999_999_999

EXPAND: Mapping[str, Kind] = {"expand": ListOf(Text(), most=20)}
CREATED_RANGE = Fields({edge: Integer(most=FAR_FUTURE) for edge in ("gt", "gte", "lt", "lte")})


@dataclass(frozen=True)
class Metadata:
    """At most 50 pairs, keys of 40 and values of 500 characters; an empty value unsets its key."""

    def read(self, value: Raw, at: str) -> dict[str, str]:
        if value == "":
            return {}
        pairs = dict(enumerate(value)) if isinstance(value, list) else value
        if not isinstance(pairs, dict):
            raise ApiError("Invalid object", param=at)
        if len(pairs) > MOST_KEYS:
            raise ApiError(f"You can have at most {MOST_KEYS} metadata keys; you sent {len(pairs)}.", param=at)
        return {str(key): self._value(str(key), text, at) for key, text in pairs.items()}

    def _value(self, key: str, text: Raw, at: str) -> str:
        if len(key) > LONGEST_KEY:
            raise ApiError(
                f"Metadata keys can be up to {LONGEST_KEY} characters; yours has {len(key)}.", param=f"{at}[{key[:60]}]"
            )
        if not isinstance(text, str):
            raise ApiError("Metadata values must be text.", param=f"{at}[{key}]")
        if len(text) > LONGEST_VALUE:
            raise ApiError(
                f"Metadata values can be up to {LONGEST_VALUE} characters; yours has {len(text)}.", param=f"{at}[{key}]"
            )
        return text


@dataclass(frozen=True)
class Created:
    """A moment, or a range of moments: `created=5` or `created[gte]=5`."""

    def read(self, value: Raw, at: str) -> Json:
        if isinstance(value, dict):
            return CREATED_RANGE.read(value, at)
        return {"eq": Integer(most=FAR_FUTURE).read(value, at)}


@dataclass(frozen=True)
class Currency:
    """A three-letter ISO code that Stripe presents prices in; capitals are accepted."""

    def read(self, value: Raw, at: str) -> str:
        if value == "":
            raise empty_parameter(at)
        code = value.lower() if isinstance(value, str) else ""
        if code not in CURRENCIES:
            raise ApiError(f"Invalid currency: {str(value)[:10]}.", param=at)
        return code


def listing(**filters: Kind) -> Fields:
    """The parameters of a list endpoint: paging, `expand` and its own filters."""
    paging: dict[str, Kind] = {
        "limit": Integer(least=1, most=100),
        "starting_after": Text(),
        "ending_before": Text(),
    }
    return Fields({**paging, **EXPAND, **filters})
