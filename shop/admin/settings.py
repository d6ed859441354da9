"""The store itself: what it says of itself, whether its letters arrive, and the first steps to a sale."""

from __future__ import annotations

from flask import current_app, flash, url_for
from msgspec.structs import asdict
from wtforms import EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.reads.first_steps import first_steps as steps
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.admin.story_forms import line, lines
from shop.brand.rules import BrandView, Words, mark_of, words_of
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.core.zones import HOME, zone_names
from shop.journeys import keep_brand as journey
from shop.journeys.services import Services
from shop.staff.rules.permissions import Permission

SET_UP = Permission.SET_UP
CURRENCIES = tuple(
    "USD EUR GBP CAD AUD NZD CHF SEK NOK DKK PLN CZK JPY MXN BRL HKD ILS INR KRW KWD BHD JOD SGD ZAR".split()
)


class StoreForm(StaffForm):
    """What the store says of itself. `seen` marks the words that were on the page; `currency` counts once."""

    seen = StringField(widget=HiddenInput(), validators=[Length(max=16)])
    name = StringField("Name", [InputRequired("The store needs a name."), Length(max=200)], filters=[line])
    tagline = StringField("In a few words", [Length(max=200)], filters=[line])
    introduction = TextAreaField("What it is", [Length(max=2_000)], filters=[lines])
    operator = StringField("Who runs it", [InputRequired("Say who runs it."), Length(max=200)], filters=[line])
    registration = StringField("Number in a public register", [Length(max=200)], filters=[line])
    contact_email = EmailField(
        "Mail for the staff", [InputRequired("Enter an e-mail address."), Length(max=254)], filters=[line]
    )
    demo_notice = StringField("Notice of a demonstration", [Length(max=500)], filters=[line])
    time_zone = SelectField("Time zone")
    currency = SelectField("Currency")

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.currency.choices = [(code, code) for code in CURRENCIES]
        self.time_zone.choices = [(name, name.replace("_", " ")) for name in zone_names()]
        if not self.time_zone.raw_data and self.time_zone.data is None:
            self.time_zone.data = HOME
        if not self.currency.raw_data and self.currency.data is None:
            self.currency.data = CURRENCIES[0]

    def words(self) -> Words:
        """What was typed."""
        told = {name: self[name].data for name in Words.__struct_fields__}
        return Words(**{**told, "registration": self.registration.data or None})


@asks("/settings", needs=SET_UP)
def store_settings() -> Answer:
    """The words; in an empty database they found the store, with its currency."""
    there = journey.brand_or_none()
    end_read()
    form = _form(there)
    status = 200
    if form.validate_on_submit():
        try:
            _keep(form, there)
        except journey.BrandChanged as problem:
            status = refused(form, problem=problem)
            now = journey.brand_or_none()
            form.seen.data = mark_of(words_of(now)) if now else ""
            form.seen.raw_data = None
        except ShopError as problem:
            status = refused(form, problem=problem)
        else:
            flash("Saved. Every page says it from now on.", "success")
            return see_other(url_for("admin.store_settings" if there else "admin.first_steps"))
    elif form.is_submitted():
        status = refused(form)
    zones = [(value, label, value == form.time_zone.data) for value, label in form.time_zone.choices or ()]
    return page("admin/settings.html", status=status, form=form, brand=there, zones=zones)


@does("/settings/test-letter", needs=SET_UP)
def test_letter() -> Answer:
    """A letter to oneself, by the way that all letters go."""
    if pressed():
        services: Services = current_app.extensions["services"]
        journey.send_test_letter(email=current().email, actor=current().name, services=services)
        flash(f"A letter to {current().email} is on its way. If it does not come, look under Jobs.", "success")
    return see_other(url_for("admin.first_steps"))


@shows("/first-steps", needs=SET_UP)
def first_steps() -> Answer:
    """What a store needs before it sells, done and not done, up to a purchase to try it out."""
    return page("admin/first_steps.html", steps=steps(current_app.extensions["settings"]))


def _form(there: BrandView | None) -> StoreForm:
    if there is None:
        return StoreForm()
    words = words_of(there)
    return StoreForm(data={**asdict(words), "seen": mark_of(words), "currency": there.currency})


def _keep(form: StoreForm, there: BrandView | None) -> None:
    if there is None:
        journey.found_store(form.words(), currency=form.currency.data, actor=current().name)
    else:
        journey.change_brand(form.words(), seen=form.seen.data or "", actor=current().name)
