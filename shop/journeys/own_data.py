"""What is kept of an address outside of orders: shown to its owner, and erased at their wish.

Orders, payments and receipts stay for as long as bookkeeping law asks, and so do the letters about them; the log of
consents names nobody and stays as proof.
"""

from __future__ import annotations

from collections.abc import Sequence

from shop.actions import operations as actions
from shop.actions.queries import known_of as signatures_of
from shop.consents.queries import consents_of
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.journeys.keep_restock import erase_requests
from shop.mail.operations import erase_letters
from shop.mail.queries import letters_to
from shop.mail.rules import mail_address
from shop.news import operations as news
from shop.news.queries import known_of as news_of
from shop.news.rules import address_key
from shop.orders.queries import lines_of_all, orders_of
from shop.orders.rules import Line, OrderFacts
from shop.restock.queries import known_of as requests_of
from shop.sharing import operations as sharing
from shop.sharing.queries import known_of as friend_letters_of
from shop.staff.operations import record

MOST_ORDERS = 1_000


def known_of(email: str) -> dict[str, list[Json]]:
    """Every row of an address, by what it belongs to; raises Invalid for what is no address."""
    mail = mail_address(email)
    found = {
        "signatures": signatures_of(mail),
        "news": news_of(mail),
        "waits for": requests_of(mail),
        "letters from friends": friend_letters_of(mail),
        "consents": consents_of(address_key(mail)),
        "letters": [{"subject": one.subject, "written_at": one.written_at} for one in letters_to(mail)],
    }
    end_read()
    return found


def whole_of(email: str) -> dict[str, object]:
    """All of that with the orders, for its owner to take along (GDPR, articles 15 and 20). Raises Invalid."""
    mail = mail_address(email)
    found = orders_of(mail, limit=MOST_ORDERS)
    lines = lines_of_all(order.id for order in found)
    given = {"address": mail, "orders": [_told(order, lines.get(order.id, [])) for order in found]}
    return {**given, **known_of(mail)}


def _told(order: OrderFacts, lines: Sequence[Line]) -> Json:
    return {
        "number": order.number,
        "placed_at": order.placed_at,
        "state": order.state,
        "currency": order.currency,
        "total_minor": order.sums.total.minor,
        "gift_minor": order.sums.gift.minor,
        "sent_to": order.ship_to,
        "note": order.note,
        "lines": [f"{one.quantity} × {one.title}, {one.colour}, {one.size}" for one in lines],
    }


@again
def erase(email: str, *, actor: str) -> dict[str, int]:
    """Remove all of that but the consents; how many rows each. The audit log says that it happened only."""
    mail = mail_address(email)
    with transaction():
        gone = {
            "signatures": actions.erase(mail),
            "news": news.erase(mail),
            "waits for": erase_requests(mail),
            "letters from friends": sharing.erase(mail),
            "letters": erase_letters(mail),
        }
        record(actor=actor, action="person.erased", subject="an address", details={**gone})
    return gone
