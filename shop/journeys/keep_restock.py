"""Tell me when it is back: asked for, confirmed from the mailbox, one kept for whoever is next, and taken by an order.

Units are kept by the stock room's own guard and stand there as *held*; the request says for whom. An order that takes
a claim takes over its unit: nothing is let go between, so nobody can come between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta

from shop.core import clock, rates
from shop.core.again import again
from shop.core.database import end_read, session, transaction
from shop.core.errors import NotFound
from shop.core.languages import _, spoken
from shop.core.networks import network_of
from shop.core.outbox import promise
from shop.core.rates import Rate
from shop.mail.queries import written_to
from shop.mail.rules import mail_address
from shop.restock import operations as restock
from shop.restock.queries import (
    claimed_by,
    claimed_variants,
    open_requests_of,
    overdue,
    request_of,
    request_with_token,
    waited_for,
)
from shop.restock.rules import MOST_OPEN
from shop.stock.operations import OutOfStock, lock_levels
from shop.stock.operations.reservations import hold, let_go
from shop.stock.queries import available_of

FREE_PER_NETWORK = 10  # an hour
MAILS_A_DAY = 5  # to one address, whoever asks
ONE_MAIL_PER = timedelta(minutes=10)


@again
def ask_for_restock(*, variant_id: int, email: str, address: str | None) -> None:
    """The form was sent: its owner gets a mail with a button. Raises Invalid, UsedUp.

    The answer is the same for every address: nothing is said, and no more mail sent, where one asks for too much.
    """
    mail = mail_address(email)
    with transaction():
        rates.use([Rate("restock", network_of(address), FREE_PER_NETWORK, timedelta(hours=1))])
        if open_requests_of(mail) < MOST_OPEN:
            restock.ask(variant_id=variant_id, email=mail, language=spoken().code)
        found = request_of(variant_id=variant_id, email=mail)
        since = clock.now() - timedelta(days=1)
        if found and written_to(mail, kind="restock_confirmation", since=since) < MAILS_A_DAY:
            key = f"{found.id}:{int(clock.now().timestamp() // ONE_MAIL_PER.total_seconds())}"
            promise("restock_confirmation", key=key, payload={"request": found.id, "key": key})


@again
def confirm_restock(token: str) -> bool:
    """The button behind the mailed link: in line from now on. False when it had been pressed, or came too late.

    Where some are back already, the first in line get theirs at once. Raises NotFound for a link of nobody's.
    """
    found = request_with_token(token)
    end_read()
    with transaction():
        lock_levels([found.variant_id])
        confirmed = restock.confirm(token)
        if confirmed:
            offer(found.variant_id)
    return confirmed


@again
def end_restock(token: str) -> None:
    """Wanted no more: the address goes, and a kept unit goes to the next in line. Raises NotFound."""
    found = request_with_token(token)
    end_read()
    with transaction():
        lock_levels([found.variant_id])
        ended, freed = restock.end(token)
        if ended and freed is not None:
            _free_for_next({freed: 1})


def offer(variant_id: int) -> int:
    """Keep one of what is free for each who is next in line, in the open transaction; returns for how many.

    Called where stock arrives, so that no shopper comes between; the sweep finds whatever came free elsewhere.
    """
    waiting = waited_for([variant_id]).get(variant_id, 0)
    units = min(waiting, available_of([variant_id]).get(variant_id, 0)) if waiting else 0
    if units <= 0:
        return 0
    try:
        with session().begin_nested():
            hold({variant_id: units})
            told = restock.tell_next(variant_id, units)
            if len(told) < units:
                let_go({variant_id: units - len(told)})
    except OutOfStock:
        return 0
    for request_id in told:
        promise("restock_offer", key=request_id, payload={"request": request_id})
    return len(told)


def keep_claims() -> int:
    """Claims whose time is over go to the next in line, and so does whatever came free; returns how many were told.

    Safe at any time, as often as you like, and by several at once.
    """
    told = _lapse()
    waited = list(waited_for())
    free = [variant_id for variant_id, units in available_of(waited).items() if units > 0] if waited else []
    end_read()
    for variant_id in sorted(free):
        told += _offer_free(variant_id)
    return told


@again
def _lapse() -> int:
    with transaction():
        lock_levels(over := overdue())
        return _free_for_next(Counter(restock.lapse_overdue(over).values()))


@again
def _offer_free(variant_id: int) -> int:
    with transaction():
        return offer(variant_id)


def take_claims(tokens: Iterable[str], wants: Mapping[int, int]) -> tuple[list[str], dict[int, int]]:
    """An order takes the claims of its cart, in the open transaction.

    Returns the requests, for `note_claims`, and what is left to be held: the claims' own units are held already.
    """
    if claimed := list(tokens):
        lock_levels(wants)
    taken = restock.take(claimed, wants)
    kept = Counter(taken.values())
    left = {variant_id: quantity - kept[variant_id] for variant_id, quantity in wants.items()}
    return sorted(taken), {variant_id: quantity for variant_id, quantity in left.items() if quantity > 0}


def return_claims(order_id: str) -> None:
    """An unpaid order gave its units back: a claim with time left keeps its own again, in the open transaction."""
    kept = restock.give_back(order_id)
    if kept:
        hold(Counter(kept.values()))


def retake_claims(order_id: str) -> None:
    """An order is paid late: units kept for its own claims are free for it to take, in the open transaction."""
    let_go(Counter(restock.take_again(order_id).values()))


def erase_requests(email: str) -> int:
    """Remove what is kept of an address, in the open transaction; kept units go to the next in line."""
    lock_levels(claimed_variants(email))
    count, freed = restock.erase(email)
    _free_for_next(Counter(freed))
    return count


def claimed_units(tokens: tuple[str, ...]) -> dict[int, int]:
    """Units by variant that are kept for this cart; asks nothing where it has no claims."""
    return claimed_by(tokens) if tokens else {}


def claim_for_cart(token: str) -> int:
    """The variant of which one is kept for the owner of this link; raises NotFound when none is (any more)."""
    found = request_with_token(token)
    if found.variant_id not in claimed_by([token]):
        raise NotFound(_("None is kept for you any more."))
    return found.variant_id


def _free_for_next(freed: Mapping[int, int]) -> int:
    let_go(freed)
    return sum(offer(variant_id) for variant_id in sorted(freed))
