"""Our account at Stripe: the proof that the books say the same, payouts with what they carried, gaps to explain."""

from __future__ import annotations

from flask import current_app, flash, url_for
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.books.accounts import ACCOUNTS, CLEARING
from shop.core.errors import NotFound, Unavailable
from shop.journeys.explain_by_hand import explain_by_hand
from shop.journeys.services import Services
from shop.journeys.stripe_account import Proof, keep_account, prove
from shop.orders.queries.search import numbers
from shop.payments.queries import account as read
from shop.staff.rules.permissions import Permission

CHOICES = {name: one.said for name, one in ACCOUNTS.items() if name != CLEARING}


class ExplainForm(StaffForm):
    """Which account stands against a transaction, and why."""

    account = StringField("Account", [DataRequired("Choose an account.")])
    party = StringField("Partner or fund", [Optional(), Regexp(r"[a-z0-9-]{1,80}$", message="Enter its short name.")])
    reason = StringField("Reason", [DataRequired("Say why; this stays in the books."), Length(max=200)])


@shows("/stripe", needs=Permission.SEE_MONEY)
def stripe_account() -> Answer:
    """Stripe is asked now; when it does not answer, what we keep of it is compared."""
    proofs, asked = _proofs()
    return page(
        "admin/stripe.html",
        proofs=proofs,
        asked=asked,
        payouts=read.payouts(),
        unexplained=read.unexplained_moves(),
        apart=read.moves_apart(),
    )


@does("/stripe/read", needs=Permission.SEE_MONEY)
def read_stripe() -> Answer:
    """What the worker does every few minutes, now."""
    if pressed():
        services: Services = current_app.extensions["services"]
        try:
            flash(f"{keep_account(services)} new transactions were read.", "success")
        except Unavailable as problem:
            flash(problem.message, "warning")
    return see_other(url_for("admin.stripe_account"))


@shows("/stripe/payouts/<stripe:payout_id>", needs=Permission.SEE_MONEY)
def stripe_payout(payout_id: str) -> Answer:
    """One payout and every line that it carried."""
    found = next((one for one in read.payouts(limit=1_000) if one.id == payout_id), None)
    if found is None:
        raise NotFound("We know no such payout.")
    moves = read.payout_moves(payout_id)
    named = numbers(move.order_id for move in moves if move.order_id)
    return page("admin/stripe_payout.html", payout=found, moves=moves, numbers=named)


@asks("/stripe/explain/<stripe:transaction_id>", needs=Permission.POST_ENTRIES)
def explain_transaction(transaction_id: str) -> Answer:
    """Post what nothing explains, with a reason and a name."""
    form, move = ExplainForm(), read.move(transaction_id)
    if move is None:
        raise NotFound("We keep no such transaction.")
    status = 200
    if form.validate_on_submit() and form.account.data in CHOICES:
        explain_by_hand(
            transaction_id=transaction_id,
            account_name=form.account.data,
            party=form.party.data or "",
            reason=form.reason.data.strip(),
            actor=current().name,
        )
        flash("Posted, with your reason and your name.", "success")
        return see_other(url_for("admin.stripe_account"))
    if form.is_submitted():
        status = refused(form)
    return page("admin/explain.html", status=status, form=form, move=move, choices=CHOICES)


def _proofs() -> tuple[list[Proof], bool]:
    services: Services = current_app.extensions["services"]
    try:
        return prove(services), True
    except Unavailable:
        return prove(None), False
