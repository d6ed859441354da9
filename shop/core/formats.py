"""Money and dates as people read them; Babel knows the customs of each locale."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency

from shop.core.money import Money

LOCALE = "en_US"


@lru_cache(maxsize=4_096)
def money_text(amount: Money, locale: str = LOCALE) -> str:
    """ "$32.00" for `Money(3200, "USD")`."""
    return format_currency(amount.decimal(), amount.currency, locale=locale)


@lru_cache(maxsize=4_096)
def money_short(amount: Money, locale: str = LOCALE) -> str:
    """Without an empty fraction: "$5" for whole amounts, "$5.50" for others."""
    if amount.decimal() == amount.decimal().to_integral_value():
        return format_currency(amount.decimal(), amount.currency, "¤#,##0", locale=locale, currency_digits=False)
    return money_text(amount, locale)


def date_text(day: date, locale: str = LOCALE) -> str:
    """ "November 22, 2026"."""
    return format_date(day, "long", locale=locale)


def moment_text(moment: datetime, locale: str = LOCALE) -> str:
    """ "November 22, 2026 at 10:51 AM UTC"."""
    return f"{format_datetime(moment, 'long', locale=locale).removesuffix(' UTC')} UTC"
