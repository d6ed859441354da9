"""Money paid on to partners: what is owed, entering a transfer with its proof, and the final account per unit."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask_wtf.file import FileField
from wtforms import DateField, EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.reads import payouts as read
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.admin.sheets import csv_answer
from shop.admin.signing_in import check_password
from shop.core import codes
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid, ShopError
from shop.core.money import BadAmount, Money
from shop.journeys.pay_partner import pay_partner, void_payout
from shop.payouts.operations import NewPayout, keep_document
from shop.payouts.rules import LARGEST_PROOF
from shop.staff.rules.permissions import Permission

SEE, PAY = Permission.SEE_PAYOUTS, Permission.ENTER_PAYOUTS
COLUMNS = (
    *("Partner", "Product", "Promise", "Sold", "Returned", "Units", "Gross"),
    *("Promised", "Taken back", "Taken back by banks", "Owed", "Currency"),
)


class PayoutForm(StaffForm):
    """A transfer that was made; `key` makes a second press change nothing."""

    key = HiddenField(validators=[InputRequired(), Regexp(r"[0-9a-z]{26}$")])
    account = StringField("Paid to", [DataRequired("Choose who was paid.")])
    amount = StringField("Amount", [DataRequired("Enter the amount."), Length(max=20)])
    fee = StringField("Bank's fee", [Optional(), Length(max=20)])
    paid_on = DateField("Day of the transfer", [InputRequired("Enter the day of the transfer.")])
    reference = StringField("Reference", [DataRequired("Enter the transfer's reference."), Length(max=150)])
    proof = FileField("Proof")
    contact = EmailField("Partner's e-mail", [Optional(), Length(max=254)])
    password = PasswordField("Your password", [InputRequired("Enter your password once more."), Length(max=1_000)])


@shows("/payouts", needs=SEE)
def payout_list() -> Answer:
    """Who is owed what since when, and every transfer."""
    return page("admin/payouts.html", owed=read.owed(), payouts=read.entered(), names=_names())


@asks("/payouts/new", needs=PAY)
def new_payout() -> Answer:
    """Enter a transfer; the password is asked once more, because this is what the public accounts show."""
    request.max_content_length = LARGEST_PROOF + 100_000
    form = PayoutForm()
    form.key.data = form.key.data or codes.new_id()
    status = 200
    if form.validate_on_submit():
        try:
            done = _enter(form)
        except ShopError as problem:
            status = refused(form, problem=problem)
        else:
            flash("Entered, posted and set against the oldest debts." if done else "It was entered before.", "success")
            return see_other(url_for("admin.payout_list"))
    elif form.is_submitted():
        status = refused(form)
    return page("admin/new_payout.html", status=status, form=form, owed=[one for one in read.owed() if one.owed])


@does("/payouts/<code:payout_id>/void", needs=PAY)
def void_entered_payout(payout_id: str) -> Answer:
    """It was a mistake: everything is as before, and the books show both entries."""
    if pressed():
        reason = "".join(letter for letter in request.form.get("reason", "") if letter.isprintable())
        if void_payout(payout_id=payout_id, reason=reason, actor=current().name):
            flash("Voided. Its debts are open again.", "warning")
    return see_other(url_for("admin.payout_list"))


@shows("/payouts/final-accounting.csv", needs=SEE)
def final_accounting() -> Answer:
    """The account per unit that partners are owed after a promotion (Conn. Gen. Stat. 21a-190g asks for it)."""
    return csv_answer("final-accounting.csv", COLUMNS, map(_accounted, read.unit_accounts()))


def _accounted(one: read.UnitAccount) -> tuple[object, ...]:
    amounts = (one.gross, one.promised, one.taken_back, one.by_banks, one.owed)
    sums = (f"{Money(minor, one.currency).decimal():f}" for minor in amounts)
    return (one.partner, one.product, one.promise, one.sold, one.returned, one.units, *sums, one.currency)


def _enter(form: PayoutForm) -> bool:
    signed = current()
    check_password(signed.email, form.password.data)
    party, _, kind = form.account.data.partition(":")
    currency = next((one.owed.currency for one in read.owed() if (one.party, one.kind) == (party, kind)), "")
    if not currency:
        raise Invalid("Choose who was paid.", field="account")
    amount, fee = _amount(form.amount.data, currency, "amount"), _amount(form.fee.data or "0", currency, "fee")
    return pay_partner(
        NewPayout(
            id=form.key.data,
            party=party,
            kind=kind,
            amount=amount,
            fee=fee,
            paid_on=form.paid_on.data,
            reference=form.reference.data.strip(),
            document=_kept(form.proof.data, actor=signed.name),
            contact=(form.contact.data or "").strip() or None,
            actor=signed.name,
        )
    )


def _kept(upload: Any, *, actor: str) -> str | None:
    content: bytes = upload.read(LARGEST_PROOF + 1) if upload else b""
    if not content:
        return None
    return _keep(content, actor=actor)


@again
def _keep(content: bytes, *, actor: str) -> str:
    with transaction():
        return keep_document(content, actor=actor)


def _amount(typed: str, currency: str, name: str) -> Money:
    try:
        return Money.parse(typed, currency)
    except BadAmount as error:
        raise Invalid(str(error), field=name) from error


def _names() -> dict[str, str]:
    return {one.party: one.name for one in read.owed()}
