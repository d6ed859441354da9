"""Gifts: what decides on them, the funds and their routes, the list, and a receipt once more."""

from __future__ import annotations

from flask import current_app, flash, request, url_for
from sqlalchemy.exc import IntegrityError

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number
from shop.admin.giving_forms import FundForm, GivingForm, ReissueForm, amounts_of, fee_of, filled, operator_of
from shop.admin.reads import giving as read
from shop.admin.routes import Answer, does, see_other, shows
from shop.brand.queries import NotSetUp, brand
from shop.brand.rules import BrandView
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, Unavailable
from shop.giving.queries import setup
from shop.giving.routes import CHECKED, COUNTRY_RULES, EXPLAINED
from shop.journeys.keep_giving import connect_account, make_fund, set_fund, set_giving
from shop.journeys.services import Services
from shop.journeys.true_receipts import reissue_receipt
from shop.staff.rules.permissions import Permission


@shows("/giving", needs=Permission.SEE_GIFTS)
def giving_setup() -> Answer:
    """The operator, the amounts, the funds, and what each route asks for."""
    return _setup_page()


@does("/giving/set", needs=Permission.CHANGE_GIFTS)
def set_giving_up() -> Answer:
    """Write the operator and the amounts."""
    form, currency = GivingForm(), _brand().currency
    if not form.validate_on_submit():
        return _setup_page(form=form, status=refused(form))
    try:
        operator, fee, amounts = operator_of(form), fee_of(form, currency), amounts_of(form, currency)
        end_read()
        set_giving(operator=operator, fee=fee, amounts=amounts, actor=current().name)
    except Invalid as problem:
        return _setup_page(form=form, status=refused(form, problem=problem))
    flash("Saved. The forms offer this from now on.", "success")
    return see_other(url_for("admin.giving_setup"))


@does("/giving/funds", needs=Permission.CHANGE_GIFTS)
def add_fund() -> Answer:
    """A new fund."""
    form = FundForm()
    if not form.validate_on_submit():
        return _setup_page(fund_form=form, status=refused(form))
    given = {name: form[name].data for name in ("name", "slug", "purpose", "route")}
    end_read()
    try:
        make_fund(**given, actor=current().name)
    except Invalid as problem:
        return _setup_page(fund_form=form, status=refused(form, problem=problem))
    except IntegrityError:
        end_read()
        taken = Invalid("There is a fund of that name in the books.", field="slug")
        return _setup_page(fund_form=form, status=refused(form, problem=taken))
    flash("The fund is made.", "success")
    return see_other(url_for("admin.giving_setup"))


@does("/giving/funds/<row:fund_id>/open", needs=Permission.CHANGE_GIFTS)
def open_fund(fund_id: int) -> Answer:
    """Take gifts for it again, where its route may."""
    return _change(fund_id, active=True)


@does("/giving/funds/<row:fund_id>/close", needs=Permission.CHANGE_GIFTS)
def close_fund(fund_id: int) -> Answer:
    """Take no more gifts for it."""
    return _change(fund_id, active=False)


@does("/giving/funds/<row:fund_id>/needed-most", needs=Permission.CHANGE_GIFTS)
def need_fund_most(fund_id: int) -> Answer:
    """Make it the one where gifts are needed most."""
    return _change(fund_id, needed_most=True)


@does("/giving/funds/<row:fund_id>/account", needs=Permission.CHANGE_GIFTS)
def connect_fund_account(fund_id: int) -> Answer:
    """Name the partner's own account at Stripe, or ask again how it stands."""
    services: Services = current_app.extensions["services"]
    if pressed():
        end_read()
        try:
            named = request.form.get("account", "")[:80]
            connect_account(fund_id=fund_id, account_id=named, services=services, actor=current().name)
            flash("Asked of Stripe just now; what it said stands beside the fund.", "success")
        except (Invalid, Unavailable) as problem:
            flash(problem.message, "danger")
    return see_other(url_for("admin.giving_setup"))


@shows("/gifts", needs=Permission.SEE_GIFTS)
def gift_list() -> Answer:
    """Gifts that were paid, newest first."""
    return _gifts_page()


@does("/gifts/<code:order_id>/receipt", needs=Permission.CHANGE_GIFTS)
def reissue(order_id: str) -> Answer:
    """Void a receipt and issue it anew, with a reason."""
    form = ReissueForm()
    if not form.validate_on_submit():
        flash(form.reason.errors[0] if form.reason.errors else "Nothing was changed.", "warning")
        return _gifts_page(status=refused(form))
    end_read()
    try:
        reissue_receipt(order_id=order_id, reason=form.reason.data, actor=current().name)
    except (Invalid, Conflict) as problem:
        flash(problem.message, "danger")
        return _gifts_page(status=problem.kind.value)
    flash("The receipt is void, and a new one was issued.", "success")
    return see_other(url_for("admin.gift_list"))


def _brand() -> BrandView:
    try:
        return brand()
    except NotSetUp as missing:
        raise Conflict("Set the store up first: its currency decides the amounts here.") from missing


def _change(fund_id: int, *, active: bool | None = None, needed_most: bool = False) -> Answer:
    if pressed():
        set_fund(fund_id, active=active, needed_most=needed_most, actor=current().name)
        flash("The fund is changed.", "success")
    return see_other(url_for("admin.giving_setup"))


def _setup_page(*, form: GivingForm | None = None, fund_form: FundForm | None = None, status: int = 200) -> Answer:
    about, chosen = _brand(), fund_form.route.data if fund_form else ""
    return page(
        "admin/giving.html",
        status=status,
        form=form or filled(GivingForm(formdata=None), setup(), about),
        fund_form=fund_form or FundForm(formdata=None),
        funds=read.funds(),
        explained=EXPLAINED,
        countries=COUNTRY_RULES,
        checked=CHECKED,
        currency=about.currency,
        fund_choices=[(route, told[0], route == chosen) for route, told in EXPLAINED.items()],
    )


def _gifts_page(*, status: int = 200) -> Answer:
    number = page_number()
    found = read.gifts(page=number)
    shown, more = found[: read.PAGE], len(found) > read.PAGE
    return page(
        "admin/gifts.html", status=status, gifts=shown, more=more, number=number, form=ReissueForm(formdata=None)
    )
