"""Every cent at Stripe explained: its balance transactions kept and posted, its payouts with what they carried, and the
proof that the books say the same.

A transaction behind a charge is explained by the order that the charge paid; what belongs to the account itself
(payouts, Stripe's own fees) is posted here, once, as it is kept. Whatever is left over is named as a gap until a person
posts an entry for it, with a reason and a name.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from shop.books.accounts import BANK, CLEARING, FEES
from shop.books.operations import post
from shop.books.queries import balances, balances_by_order, other_entries
from shop.books.rules import Amounts
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import ShopError
from shop.core.formats import money_text
from shop.core.mode import is_live
from shop.core.money import Money
from shop.journeys.services import Services
from shop.journeys.settle_charge import settle_charge
from shop.journeys.write_to_us import alert_staff
from shop.orders.queries.search import numbers
from shop.payments.operations.account import explain, keep_move, keep_payout
from shop.payments.queries import account
from shop.payments.reports import Move, PayoutReport

OVERLAP = timedelta(days=1)  # asked about again, because Stripe lists a transaction a moment after it was made
FOR_THE_BANK = frozenset({"payout", "payout_cancel", "payout_failure", "topup", "topup_reversal"})
FOR_STRIPE = frozenset({"stripe_fee", "stripe_fx_fee", "tax_fee"})
log = logging.getLogger(__name__)


class Gap(Struct, frozen=True):
    """What makes the books differ from Stripe: Stripe says so much more than the books, for this."""

    about: str
    amount: Money


class Proof(Struct, frozen=True):
    """One currency: what Stripe holds for us, what its kept transactions add up to, what the books say.

    `held` is None where Stripe was not asked. The gaps add up to the difference.
    """

    currency: str
    held: Money | None
    kept: Money
    books: Money
    gaps: Sequence[Gap]

    @property
    def proven(self) -> bool:
        return not self.gaps

    @property
    def behind(self) -> bool:
        """Whether Stripe has moved what we have not read yet; until we have, gaps mean nothing."""
        return self.held is not None and self.held != self.kept


def keep_account(services: Services) -> int:
    """Keep and post what moved since we last looked; how many transactions were new. Safe at any time.

    One charge that cannot be settled stops nothing: its transactions stay a gap, and the next round tries again.
    """
    newest = account.newest_move()
    end_read()
    moves = services.gateway.moves_since(newest - OVERLAP if newest else None)
    known = account.known_moves(move.id for move in moves)
    end_read()
    fresh = [move for move in moves if move.id not in known]
    for charge_id in dict.fromkeys(move.charge_id for move in fresh if move.charge_id):
        _settle(charge_id, services)
    kept = sum(_keep(move, live=services.live) for move in fresh)
    waiting = account.payouts_to_read()
    end_read()
    for payout_id in waiting:
        payout = services.gateway.read_payout(payout_id)
        _keep_payout(payout)
        if payout.status == "failed":
            _tell_of_failure(payout, services)
    return kept


@again
def _keep_payout(payout: PayoutReport) -> None:
    with transaction():
        keep_payout(payout)


def _tell_of_failure(payout: PayoutReport, services: Services) -> None:
    """Once for each payout; nothing is lost, but nothing more arrives until somebody mends the account."""
    alert_staff(
        heading="A payout did not reach our bank",
        message=(
            f"{money_text(payout.amount)} came back to Stripe, where it is safe. Look at the bank account under "
            "Payouts in Stripe's dashboard; Stripe pays out again once that is right. The books have it at Stripe."
        ),
        facts=(("Payout", payout.id), ("Why", payout.failure or "Stripe does not say")),
        services=services,
        key=f"payout_failed:{payout.id}",
        action=("See the payout", f"{services.base_url}/admin/stripe/payouts/{payout.id}"),
    )


def prove(services: Services | None) -> list[Proof]:
    """Compare the books with Stripe, currency by currency, and name each gap. Asks Stripe unless `services` is None."""
    if services and is_live() and not services.live:
        services = None  # a test key set again knows nothing of the real account
    end_read()
    held = dict(services.gateway.holdings()) if services else None
    kept, posted = account.net_by_currency(), _posted()
    gaps = _gaps()
    currencies = sorted({*kept, *posted, *(code for code, minor in (held or {}).items() if minor)})
    return [_proof(code, held, kept.get(code, 0), posted.get(code, 0), gaps) for code in currencies]


def explain_move(*, transaction_id: str, account_name: str, party: str, reason: str, actor: str) -> bool:
    """Post a transaction that nothing explains, in the open transaction; False when something does by now."""
    found = account.move(transaction_id)
    if found is None or found.explained or not found.net:
        return False
    amounts: Amounts = {(CLEARING, ""): found.net.minor, (account_name, party): -found.net.minor}
    entry = post(amounts, currency=found.net.currency, memo=reason, actor=actor)
    return explain(transaction_id, entry=entry, reason=reason, actor=actor)


def _settle(charge_id: str, services: Services) -> None:
    try:
        settle_charge(charge_id, services)
    except ShopError as error:
        end_read()
        log.warning("charge %s: %r", charge_id, error)


@again
def _keep(move: Move, *, live: bool) -> bool:
    with transaction():
        new = keep_move(move, live=live)
        if new and move.charge_id is None and (amounts := _of_the_account(move)):
            memo = f"{move.description or move.kind} ({move.id})"[:200]
            entry = post(amounts, currency=move.currency, memo=memo, actor="stripe", live=live)
            explain(move.id, entry=entry, reason=f"Stripe's own: {move.kind}", actor="stripe")
    return new


def _of_the_account(move: Move) -> Amounts:
    """The postings of a transaction that belongs to the account itself; empty for what a person must explain."""
    amounts: Amounts = {}
    if move.kind in FOR_THE_BANK:
        amounts = {(CLEARING, ""): move.net, (FEES, ""): move.fee, (BANK, ""): -move.amount}
    elif move.kind in FOR_STRIPE:
        amounts = {(CLEARING, ""): move.net, (FEES, ""): -move.net}
    return {line: minor for line, minor in amounts.items() if minor}


def _posted() -> dict[str, int]:
    sums: dict[str, int] = {}
    for (name, _, currency), minor in balances().items():
        if name == CLEARING:
            sums[currency] = sums.get(currency, 0) + minor
    return sums


def _proof(code: str, held: dict[str, int] | None, kept: int, posted: int, gaps: Sequence[Gap]) -> Proof:
    ours = [gap for gap in gaps if gap.amount.currency == code]
    at_stripe = None if held is None else Money(held.get(code, 0), code)
    if at_stripe is not None and at_stripe.minor != kept:
        ours.append(Gap("transactions that Stripe has and we have not kept yet", Money(at_stripe.minor - kept, code)))
    return Proof(code, at_stripe, Money(kept, code), Money(posted, code), ours)


def _gaps() -> list[Gap]:
    return [*_gaps_of_orders(), *_gaps_of_moves(), *_gaps_of_entries()]


def _gaps_of_orders() -> list[Gap]:
    moved, posted = account.net_by_order(), balances_by_order(CLEARING)
    differing = [
        (order_id, code, moved.get(order_id, {}).get(code, 0) - posted.get(order_id, {}).get(code, 0))
        for order_id in {*moved, *posted}
        for code in {*moved.get(order_id, {}), *posted.get(order_id, {})}
    ]
    wrong = [(order_id, code, minor) for order_id, code, minor in differing if minor]
    named = numbers(order_id for order_id, _, _ in wrong)
    return sorted(
        (Gap(f"order {named[order_id]}", Money(minor, code)) for order_id, code, minor in wrong),
        key=lambda gap: gap.about,
    )


def _gaps_of_moves() -> list[Gap]:
    return [
        Gap(f"{move.kind} {move.id} of {move.created_at:%Y-%m-%d}, {move.description or 'without a word'}", move.net)
        for move in account.unexplained_moves()
        if move.net
    ]


def _gaps_of_entries() -> list[Gap]:
    moved = account.net_by_entry()
    return [
        Gap(f"journal entry {entry.position} by {entry.actor}: {entry.memo}", Money(difference, entry.amount.currency))
        for entry in other_entries(CLEARING)
        if (difference := moved.get(entry.position, 0) - entry.amount.minor)
    ]
