"""Tax and delivery: who reckons, at which rates, and which ways there are to get a parcel."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import flash, request, url_for
from wtforms.fields.choices import SelectChoice

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.rate_forms import DeliveryRateForm, PolicyForm, TaxRateForm, delivery_rate_of, tax_rate_of
from shop.admin.routes import Answer, does, see_other, shows
from shop.brand.queries import brand
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.delivery.queries import zones
from shop.journeys import keep_rates
from shop.journeys.card_testing import let_pay_in_own_currency, set_gifts_paused
from shop.payments.queries.till import till
from shop.staff.rules.permissions import Permission
from shop.tax import queries as tax
from shop.tax.rules import PROVIDERS, Policy, Provider


@shows("/rates", needs=Permission.SEE_RATES)
def rate_list() -> Answer:
    """Everything that prices depend on beside the shelf."""
    return _page()


@does("/rates/policy", needs=Permission.CHANGE_RATES)
def change_tax_policy() -> Answer:
    """The table or Stripe Tax; inclusive or on top."""
    form = PolicyForm(prefix="policy-")

    def act() -> None:
        policy = Policy(cast(Provider, form.provider.data), bool(form.inclusive.data))
        keep_rates.set_tax_policy(policy, actor=current().name)

    return _change(form, act, said="Taxed that way from now on.")


@does("/rates/tax", needs=Permission.CHANGE_RATES)
def add_tax_rate() -> Answer:
    """A flat rate for a country or a region."""
    form = TaxRateForm(prefix="tax-")
    return _change(form, lambda: keep_rates.add_tax_rate(tax_rate_of(form), actor=current().name), said="Added.")


@does("/rates/tax/<row:rate_id>/remove", needs=Permission.CHANGE_RATES)
def remove_tax_rate(rate_id: int) -> Answer:
    """Orders that were placed keep what they were quoted."""
    if pressed():
        end_read()
        keep_rates.remove_tax_rate(rate_id, actor=current().name)
    return see_other(url_for("admin.rate_list"))


@does("/rates/delivery", needs=Permission.CHANGE_RATES)
def add_delivery_rate() -> Answer:
    """One more way to get a parcel."""
    form = DeliveryRateForm(prefix="delivery-")
    form.zone.choices = [SelectChoice(zone.id, zone.name) for zone in zones()]

    def act() -> None:
        rate = delivery_rate_of(form, brand().currency)
        end_read()
        keep_rates.add_delivery_rate(form.zone.data, rate, actor=current().name)

    return _change(form, act, said="Added.")


@does("/rates/delivery/<row:rate_id>/remove", needs=Permission.CHANGE_RATES)
def remove_delivery_rate(rate_id: int) -> Answer:
    """Orders that were placed keep what they were quoted."""
    if pressed():
        end_read()
        keep_rates.remove_delivery_rate(rate_id, actor=current().name)
    return see_other(url_for("admin.rate_list"))


@does("/rates/till", needs=Permission.CHANGE_RATES)
def change_till() -> Answer:
    """Pause gifts by themselves or take them again; offer the visitor's own currency or not."""
    if pressed():
        end_read()
        wanted = request.form.get("set", "")
        if wanted in ("pause", "resume"):
            set_gifts_paused(wanted == "pause", actor=current().name)
        elif wanted in ("adaptive", "own"):
            let_pay_in_own_currency(wanted == "adaptive", actor=current().name)
        flash("Changed.", "success")
    return see_other(url_for("admin.rate_list"))


def _change(form: StaffForm, act: Callable[[], None], *, said: str) -> Answer:
    end_read()
    if not form.validate_on_submit():
        return _page(form, status=refused(form))
    try:
        act()
    except ShopError as problem:
        return _page(form, status=refused(form, problem=problem))
    flash(said, "success")
    return see_other(url_for("admin.rate_list"))


def _page(typed: StaffForm | None = None, *, status: int = 200) -> Answer:
    policy, served = tax.policy(), zones()
    way = typed if isinstance(typed, DeliveryRateForm) else DeliveryRateForm(prefix="delivery-", formdata=None)
    way.zone.choices = [SelectChoice(zone.id, zone.name) for zone in served]
    forms = {
        "policy": typed if isinstance(typed, PolicyForm) else PolicyForm(prefix="policy-", formdata=None),
        "tax": typed if isinstance(typed, TaxRateForm) else TaxRateForm(prefix="tax-", formdata=None),
        "delivery": way,
    }
    return page(
        "admin/rates.html",
        status=status,
        forms=forms,
        policy=policy,
        providers=[(value, label, value == policy.provider) for value, label in PROVIDERS.items()],
        rates=tax.rates(),
        zones=served,
        till=till(),
    )
