"""What a cart costs now: every line, the gift, the delivery, and everything that changed since it was put in."""

from __future__ import annotations

from shop.journeys.quote.gift import QuotedGift
from shop.journeys.quote.lines import QuotedLine
from shop.journeys.quote.offers import customer_of
from shop.journeys.quote.whole import Known, Quote, estimates, priced, quote, quote_beside

__all__ = [
    "Known",
    "Quote",
    "QuotedGift",
    "QuotedLine",
    "customer_of",
    "estimates",
    "priced",
    "quote",
    "quote_beside",
]
