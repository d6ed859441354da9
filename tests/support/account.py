"""The processor's account in memory: what moved, and what became of each charge afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from msgspec.structs import replace

from shop.core import clock
from shop.core.money import Money
from shop.payments.reports import ChargeReport, DisputeSeen, Move, PayoutReport, RefundReport, RefundSeen

DISPUTE_FEE = 1_500


@dataclass
class Charge:
    """A payment with its refunds and disputes."""

    id: str
    order_id: str | None
    amount: Money
    intent_id: str | None = None
    refunds: list[RefundSeen] = field(default_factory=list)
    disputes: list[DisputeSeen] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What can still be given back."""
        return self.amount.minor - sum(one.amount.minor for one in self.refunds if one.report.state != "failed")

    def report(self) -> ChargeReport:
        return ChargeReport(self.id, self.order_id, list(self.refunds), list(self.disputes), self.intent_id)


@dataclass
class Account:
    """Moves in their order; every change of a charge goes through here, so that the two agree."""

    charges: dict[str, Charge] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    payouts: dict[str, PayoutReport] = field(default_factory=dict)

    def pays(
        self, charge_id: str, order_id: str | None, amount: Money, fee: Money, intent_id: str | None = None
    ) -> None:
        self.charges[charge_id] = Charge(charge_id, order_id, amount, intent_id)
        self.move("charge", amount, source=charge_id, charge_id=charge_id, fee=fee.minor)

    def refunds(
        self, charge_id: str, amount: Money, stripe_id: str, *, state: str, ours: str, attempt: int
    ) -> RefundSeen:
        charge = self.charges[charge_id]
        told = RefundReport(stripe_id, state)  # type: ignore[arg-type]  # one of its three words
        seen = RefundSeen(stripe_id, amount, told, ours, attempt)
        charge.refunds.append(seen)
        self.move("refund", -amount, source=stripe_id, charge_id=charge_id)
        return seen

    def bank_says(self, charge_id: str, stripe_id: str, state: str) -> None:
        """Of a refund: made, or failed and the money is back."""
        charge = self.charges[charge_id]
        for number, seen in enumerate(charge.refunds):
            if seen.stripe_id == stripe_id and seen.report.state != "failed":
                report = RefundReport(stripe_id, state)  # type: ignore[arg-type]  # one of its three words
                charge.refunds[number] = replace(seen, report=report)
                if state == "failed":
                    self.move("refund_failure", seen.amount, source=stripe_id, charge_id=charge_id)

    def disputes(self, charge_id: str, amount: Money) -> DisputeSeen:
        charge, now = self.charges[charge_id], clock.now()
        seen = DisputeSeen(
            id=f"du_{charge_id}",
            amount=amount,
            reason="fraudulent",
            status="needs_response",
            due_by=now + timedelta(days=9),
            opened_at=now,
            withdrawn=amount.minor,
            fee=DISPUTE_FEE,
            moves=1,
        )
        charge.disputes.append(seen)
        self.move("adjustment", -amount, source=seen.id, charge_id=charge_id, fee=DISPUTE_FEE)
        return seen

    def decides(self, charge_id: str, *, won: bool) -> None:
        """The bank closes the dispute of a charge."""
        charge = self.charges[charge_id]
        (seen,) = charge.disputes
        if won:
            self.move("adjustment", seen.amount, source=seen.id, charge_id=charge_id)
            charge.disputes[0] = replace(seen, status="won", withdrawn=0, moves=2)
        else:
            charge.disputes[0] = replace(seen, status="lost")

    def pays_out(self) -> str | None:
        """Everything there is, as far as it is more than nothing; the payout's id."""
        carried = {one for payout in self.payouts.values() for one in payout.moves}
        lines = [move for move in self.moves if move.id not in carried]
        total = sum(move.net for move in lines)
        if total <= 0:
            return None
        payout_id, amount = f"po_{len(self.payouts) + 1}", Money(total, "USD")
        own = self.move("payout", -amount, source=payout_id)
        now = clock.now()
        ids = [*(move.id for move in lines), own.id]
        self.payouts[payout_id] = PayoutReport(payout_id, amount, "paid", now.date(), now, ids)
        return payout_id

    def sends_back(self, payout_id: str, why: str = "The bank account has been closed.") -> None:
        """The bank did not take a payout: its amount is here again, and goes out with the next."""
        self.move("payout_failure", self.payouts[payout_id].amount, source=payout_id)
        self.payouts[payout_id] = replace(self.payouts[payout_id], status="failed", failure=why)

    def move(self, kind: str, amount: Money, *, source: str, charge_id: str | None = None, fee: int = 0) -> Move:
        now = clock.now()
        made = Move(
            id=f"txn_{len(self.moves) + 1}",
            kind=kind,
            category=kind,
            amount=amount.minor,
            fee=fee,
            net=amount.minor - fee,
            currency=amount.currency,
            source=source,
            charge_id=charge_id,
            description="",
            created_at=now,
            available_at=now,
        )
        self.moves.append(made)
        return made
