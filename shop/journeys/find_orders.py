"""A lost order page is asked for by mail: the answer is the same whether or not there is one."""

from __future__ import annotations

from datetime import timedelta

from shop.core import clock
from shop.core.again import again
from shop.core.database import transaction
from shop.core.languages import spoken
from shop.core.outbox import promise
from shop.mail.rules import mail_address

# Long enough that a form cannot fill somebody's mailbox, short enough for a person who deleted the mail by mistake.
ONE_MAIL_PER = timedelta(minutes=10)


@again
def find_orders(email: str) -> None:
    """Promise a mail with the addresses of that person's order pages, at most one in ten minutes.

    Raises Invalid for what is no mail address; tells nobody else whether there are any orders.
    """
    address = mail_address(email)
    window = int(clock.now().timestamp() // ONE_MAIL_PER.total_seconds())
    key = f"{address.lower()}:{window}"[-120:]
    with transaction():
        promise("order_links", key=key, payload={"email": address, "key": key, "language": spoken().code})
