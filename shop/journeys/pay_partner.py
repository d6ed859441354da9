"""Money paid on to a partner or fund: posted, set against the oldest debts, proven, and confirmed by whoever got it.

This is what the store is for: an order promises, the books owe, a payout pays, a document proves it, and the partner
says that it came. Each buyer's own page shows which payout carried their share.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.exc import IntegrityError

from shop.books.accounts import BANK, BANK_FEES, GIFTS, PLEDGES
from shop.books.operations import post
from shop.books.queries import debts
from shop.books.rules import Amounts
from shop.brand.queries import brand
from shop.core import clock
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.core.formats import date_text, money_text
from shop.core.money import Money
from shop.core.outbox import promise
from shop.giving.queries import party_names
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.mail.letters import PayoutConfirmation, Sender
from shop.mail.rules import mail_address
from shop.payouts.operations import NewPayout, confirm, record_payout, void
from shop.payouts.queries import PayoutFacts, paid_by_order, payout
from shop.payouts.rules import Obligation, allocate
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences

ACCOUNT = {"pledges": PLEDGES, "gifts": GIFTS}


def obligations(*, party: str, kind: str, currency: str) -> list[Obligation]:
    """What is owed for each order and not paid yet, oldest first; nothing for what is even."""
    paid = paid_by_order(party=party, kind=kind)
    found = [
        Obligation(debt.order_id, Money(debt.minor - paid.get(debt.order_id, 0), currency), debt.since)
        for debt in debts(account=ACCOUNT[kind], party=party, currency=currency)
    ]
    return [one for one in found if one.left]


@again
def pay_partner(new: NewPayout) -> bool:
    """Enter a transfer that was made; False when this page's transfer was entered before.

    The entry is posted first: that locks the end of the books, so two payouts never pay the same debt. Raises Invalid
    beside the field that is wrong.
    """
    _check(new)
    try:
        with transaction():
            if payout(new.id) is not None:
                return False
            name = party_names()[new.party]
            entry = post(_postings(new), currency=new.amount.currency, memo=_memo(new, name), actor=new.actor)
            open_debts = obligations(party=new.party, kind=new.kind, currency=new.amount.currency)
            record_payout(new, entry=entry, shares=allocate(new.amount, open_debts))
            told = {"payout": new.id, "amount": new.amount, "fee": new.fee, "paid on": new.paid_on}
            details = begun({**told, "reference": new.reference, "proof": new.document})
            audit(actor=new.actor, action="partner.paid", subject=new.party, details=details)
            if new.contact:
                promise("payout_letter", key=new.id, payload={"payout": new.id})
    except IntegrityError:
        end_read()
        return False
    return True


@again
def void_payout(*, payout_id: str, reason: str, actor: str) -> bool:
    """It was entered by mistake: its entry is reversed and its debts are open again. False when it was voided."""
    if not reason.strip():
        raise Invalid("Say why; this stays in the books.", field="reason")
    with transaction():
        known = payout(payout_id)
        if known is None or not void(payout_id, reason=reason.strip()):
            return False
        amounts = {line: -minor for line, minor in _postings(known).items()}
        memo = f"Payout {known.reference} voided: {reason.strip()}"[:200]
        post(amounts, currency=known.amount.currency, memo=memo, actor=actor)
        standing = differences({"state": "entered"}, {"state": "voided"})
        details = standing | {"payout": payout_id, "amount": str(known.amount), "reason": reason.strip()[:200]}
        audit(actor=actor, action="partner.payout_voided", subject=known.party, details=details)
    return True


@again
def confirm_payout(*, token: str, by: str) -> bool:
    """The partner says that it came; False when that was said before."""
    with transaction():
        return confirm(token, by=" ".join(by.split()))


def write_payout_letter(payload: Json, services: Services) -> None:
    """Ask the partner to confirm. The link opens a page; only its button confirms, because mail scanners open links."""
    known = payout(str(payload["payout"]))
    if known is None or known.contact is None or known.voided_at:
        end_read()
        return
    about = brand()
    given = PayoutConfirmation(
        brand=Sender(name=about.name, operator=about.operator),
        partner=party_names().get(known.party, known.party),
        amount=money_text(known.amount),
        paid_on=date_text(known.paid_on),
        reference=known.reference,
        confirm_url=f"{services.base_url}/giving/confirm/{known.token}",
        contact=about.contact_email,
    )
    subject = f"{given.amount} from {about.name}: has it arrived?"
    post_letter("payout", known.id, known.contact, subject, "payout_confirmation", given, services)


def _check(new: NewPayout) -> None:
    if new.kind not in ACCOUNT or new.party not in party_names():
        raise Invalid("Choose who was paid.", field="party")
    if not new.reference.strip():
        raise Invalid("Enter the transfer's reference.", field="reference")
    if new.paid_on > clock.now().date() or new.paid_on < date(2000, 1, 1):
        raise Invalid("Enter the day of the transfer; it cannot lie ahead.", field="paid_on")
    if new.fee.minor < 0:
        raise Invalid("A fee is 0 or more.", field="fee")
    if new.contact:
        mail_address(new.contact)
    end_read()


def _postings(paid: NewPayout | PayoutFacts) -> Amounts:
    amounts: Amounts = {
        (ACCOUNT[paid.kind], paid.party): paid.amount.minor,
        (BANK_FEES, ""): paid.fee.minor,
        (BANK, ""): -paid.amount.minor - paid.fee.minor,
    }
    return {line: minor for line, minor in amounts.items() if minor}


def _memo(new: NewPayout, name: str) -> str:
    return f"Paid to {name} on {new.paid_on.isoformat()}, {new.reference}"[:200]
