"""What is kept of an address outside of orders: shown to its owner, and erased at their wish.

Orders, payments and receipts stay for as long as bookkeeping law asks, and so do the letters about them; the log of
consents names nobody and stays as proof.
"""

from __future__ import annotations

from shop.actions import operations as actions
from shop.actions.queries import known_of as signatures_of
from shop.consents.queries import consents_of
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.journeys.keep_restock import erase_requests
from shop.mail.operations import erase_letters
from shop.mail.queries import letters_to
from shop.mail.rules import mail_address
from shop.news import operations as news
from shop.news.queries import known_of as news_of
from shop.news.rules import address_key
from shop.restock.queries import known_of as requests_of
from shop.sharing import operations as sharing
from shop.sharing.queries import known_of as friend_letters_of
from shop.staff.operations import record


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
