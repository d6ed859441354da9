"""What a cart costs now: every line, the gift, the delivery, and everything that changed since it was put in."""

from __future__ import annotations

from shop.journeys.quote.gift import gift_amount
from shop.journeys.quote.lines import QuotedLine
from shop.journeys.quote.whole import Quote, quote

__all__ = ["Quote", "QuotedLine", "gift_amount", "quote"]
