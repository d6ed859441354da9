"""Money and dates as people read them; Babel knows the customs of each locale, and the language spoken names it."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel.dates import format_date, format_time, get_datetime_format
from babel.numbers import format_currency, format_decimal

from shop.core.languages import cached_by_language, spoken
from shop.core.money import Money


@cached_by_language(maxsize=4_096)
def money_text(amount: Money) -> str:
    """ "$32.00" for `Money(3200, "USD")`."""
    return _apart(format_currency(amount.decimal(), amount.currency, locale=spoken().locale))


@cached_by_language(maxsize=4_096)
def money_short(amount: Money) -> str:
    """Without an empty fraction: "$5" for whole amounts, "$5.50" for others."""
    if amount.decimal() == amount.decimal().to_integral_value():
        pattern = "¤#,##0"
        return _apart(
            format_currency(amount.decimal(), amount.currency, pattern, locale=spoken().locale, currency_digits=False)
        )
    return money_text(amount)


def _apart(text: str) -> str:
    """ "KWD 1.000": letters keep off the figures, as CLDR's currency spacing says and Babel does not."""
    return _TOUCHING.sub("\N{NO-BREAK SPACE}", text)


_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def number_text(number: int) -> str:
    """ "10,000"."""
    return format_decimal(number, locale=spoken().locale)


def date_text(day: date) -> str:
    """ "November 22, 2026"."""
    return format_date(day, "long", locale=spoken().locale)


def moment_text(moment: datetime) -> str:
    """ "November 22, 2026, 10:51 AM UTC": to the minute, as nobody who reads it counts seconds."""
    locale = spoken().locale
    joined = str(get_datetime_format("long", locale=locale)).replace("'", "")
    return f"{joined.format(format_time(moment, 'short', locale=locale), date_text(moment.date()))} UTC"
