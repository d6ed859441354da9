"""The store with its guard taken out, for the negative control of the race: it must be caught overselling.

What was on the level when the cart was priced is what the hold adds to, as shops do that read, think and then write.
Served by `python -m gunicorn tests.support.naive_store:app`; nothing of it is in the store itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from sqlalchemy import select, update

from shop.cart.rules import Cart
from shop.core.database import session
from shop.factory import create_app
from shop.journeys import start_checkout
from shop.journeys.quote import Quote, quote_beside
from shop.orders.rules import OrderFacts
from shop.stock.models import StockLevel

THOUGHT = 0.05  # seconds between reading and writing, as on a busy server
_seen = threading.local()


def _quote_and_remember(waiting: OrderFacts | None, cart: Cart, *, country: str | None = None) -> Quote:
    answer = quote_beside(waiting, cart, country=country)
    _seen.held = dict(session().execute(select(StockLevel.variant_id, StockLevel.held)).all())
    time.sleep(THOUGHT)
    return answer


def _hold_without_a_guard(wants: Mapping[int, int]) -> None:
    for variant_id, quantity in wants.items():
        level = update(StockLevel).where(StockLevel.variant_id == variant_id)
        session().execute(level.values(held=_seen.held[variant_id] + quantity))


start_checkout.quote_beside = _quote_and_remember  # type: ignore[attr-defined]  # the name that the journey calls
start_checkout.hold = _hold_without_a_guard  # type: ignore[attr-defined]  # as above
app = create_app()
