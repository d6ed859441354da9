"""Countries as staff type them, and those that parcels can be paid for."""

from __future__ import annotations

import re

from babel import Locale

from shop.core.errors import Invalid
from shop.core.languages import ENGLISH

NAMES = Locale.parse(ENGLISH.locale).territories
# Codes that Unicode has and Stripe takes no delivery address in: groups of countries, codes for tests, and places of
# `allowed_countries` in https://docs.stripe.com/api/checkout/sessions/create (version 2026-10-28, read 2026-11-26).
NOT_SERVED = frozenset("AS CC CP CQ CU CX DG EA EU EZ FM HM IC IR KP MH MP NF PW QO SY UM UN VI XA XB ZZ".split())
# https://european-union.europa.eu/principles-countries-history/eu-countries_en (read 2026-11-26)
EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
_CODES = {name.casefold(): code for code, name in NAMES.items() if len(code) == 2 and code.isalpha()}


def served(code: str) -> bool:
    """Whether a parcel may go there."""
    return len(code) == 2 and code.isalpha() and code in NAMES and code not in NOT_SERVED


def read_countries(typed: str) -> tuple[str, ...]:
    """Codes, from codes or English names with commas or on lines of their own; `EU` is its members.

    Raises Invalid for what is no country, or none that is served.
    """
    found: list[str] = []
    for part in re.split(r"[,;\n]+", typed):
        words = " ".join(part.split())
        found += _codes(words) if words else []
    return tuple(dict.fromkeys(found))


def _codes(words: str) -> list[str]:
    if words.upper() == "EU":
        return EU
    each = [words] if words.casefold() in _CODES else words.split()
    codes = [_CODES.get(one.casefold(), one.upper()) for one in each]
    if unknown := [one for one, code in zip(each, codes, strict=True) if not served(code)]:
        told = NAMES.get(unknown[0].upper(), unknown[0])
        raise Invalid(f"“{told}” is no country that parcels can be sent to and paid for.", field="countries")
    return codes
