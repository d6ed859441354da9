"""What is kept for a while only, and is over: removed every hour by the worker."""

from __future__ import annotations

from datetime import timedelta

from shop.actions import operations as actions
from shop.comments import operations as comments
from shop.core import clock, rates
from shop.core.again import again
from shop.core.database import transaction
from shop.journeys.keep_retention import forget_what_is_over
from shop.mail.operations import forget_letters
from shop.news import operations as news
from shop.payments.asked import forget_requests
from shop.restock import operations as restock
from shop.sharing import operations as sharing
from shop.staff.operations.seen import forget_looks

RESTOCK_LETTERS = timedelta(days=30)  # a claim lasts a day; its mail is of no use after that


def tidy_up() -> None:
    """Unconfirmed addresses, old networks, counts of windows long over, and what the schedule says. Safe to repeat."""
    forget_what_is_over()
    _forget_old()


@again
def _forget_old() -> None:
    with transaction():
        rates.forget_old()
        forget_requests()
        actions.forget_old()
        comments.forget_old()
        sharing.forget_old()
        news.forget_old()
        restock.forget_old()
        forget_looks()
        forget_letters(("restock_confirmation", "restock_offer"), before=clock.now() - RESTOCK_LETTERS)
