"""What is kept for a while only, and is over: removed every hour by the worker."""

from __future__ import annotations

from shop.actions import operations as actions
from shop.comments import operations as comments
from shop.core import rates
from shop.core.database import transaction
from shop.news import operations as news
from shop.sharing import operations as sharing


def tidy_up() -> None:
    """Unconfirmed addresses, old networks, letters given up, counts of windows long over. Safe to repeat."""
    with transaction():
        rates.forget_old()
        actions.forget_old()
        comments.forget_old()
        sharing.forget_old()
        news.forget_old()
