"""The store with its guard taken out, for the negative control of the race: it must be caught overselling.

What was on the level when the cart was priced is what the hold adds to, as shops do that read, think and then write.
Served by `python -m gunicorn tests.support.naive_store:app`; nothing of it is in the store itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select, update

from shop.cart.rules import Cart
from shop.core.database import session
from shop.factory import create_app
from shop.journeys import start_checkout
from shop.journeys.quote import Quote, quote_beside
from shop.orders.rules import OrderFacts
from shop.stock.models import StockLevel
from shop.stock.rules import Beyond

THOUGHT = 0.05  # seconds between reading and writing, as on a busy server
_seen = threading.local()


def _quote_and_remember(waiting: OrderFacts | None, cart: Cart, *, country: str | None = None) -> Quote:
    answer = quote_beside(waiting, cart, country=country)
    _seen.held = dict(session().execute(select(StockLevel.variant_id, StockLevel.held)).all())
    _seen.preordered = dict(session().execute(select(StockLevel.variant_id, StockLevel.preordered)).all())
    time.sleep(THOUGHT)
    return answer


def _hold_without_a_guard(wants: Mapping[int, int], beyond: Mapping[int, Beyond], *, today: date) -> None:
    for variant_id, quantity in wants.items():
        more = beyond[variant_id].units if variant_id in beyond else 0
        level = update(StockLevel).where(StockLevel.variant_id == variant_id)
        counted = {"held": _seen.held[variant_id] + quantity - more, "preordered": _seen.preordered[variant_id] + more}
        session().execute(level.values(**counted))


start_checkout.quote_beside = _quote_and_remember  # type: ignore[attr-defined]  # the name that the journey calls
start_checkout.hold = _hold_without_a_guard  # type: ignore[attr-defined, assignment]  # as above
app = create_app()
