"""What is kept for a while only, and is over: removed every hour by the worker."""

from __future__ import annotations

from shop.actions import operations as actions
from shop.core import rates
from shop.core.database import transaction


def tidy_up() -> None:
    """Unconfirmed signatures and old networks, counts of windows long over. Safe to repeat."""
    with transaction():
        rates.forget_old()
        actions.forget_old()
