"""Helplines: whom readers can turn to, and when somebody last made sure of it."""

from __future__ import annotations

from flask import flash, url_for
from msgspec.structs import asdict
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.campaigns.operations import add_helpline, change_helpline, note_checked, remove_helpline
from shop.campaigns.queries import helplines
from shop.campaigns.rules.views import HelplineView
from shop.core import clock
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import NotFound, ShopError
from shop.journeys.remind_of_helplines import overdue
from shop.staff.operations import record
from shop.staff.rules.audit import begun, differences, ended
from shop.staff.rules.permissions import Permission

_NEEDED = [InputRequired("This is needed."), Length(max=200)]
_MAY = [Optional(), Length(max=200)]


class HelplineForm(StaffForm):
    """One line. Saving it says that all of it was checked today."""

    key = StringField("Short name in addresses", [InputRequired("This is needed."), Length(max=80)])
    country = StringField("Country", [Regexp(r"^[A-Z]{2}$", message="Two capital letters, such as US.")])
    name = StringField("Name", _NEEDED)
    serves = StringField("Whom it serves", _NEEDED)
    phone = StringField("Number to call", [InputRequired("This is needed."), Length(max=40)])
    text = StringField("Number to text", [Optional(), Length(max=40)])
    tty = StringField("TTY", [Optional(), Length(max=40)])
    chat_url = StringField("Address of its chat", _MAY)
    report_url = StringField("Address for reports", _MAY)
    hours = StringField("Hours", _NEEDED)
    languages = StringField("Languages", _MAY)
    source_url = StringField("Where this can be checked", _NEEDED)


@shows("/helplines", needs=Permission.SEE_TAKING_PART)
def helpline_list() -> Answer:
    """In the order of the pages; those that were not checked for long are marked."""
    return page("admin/helplines.html", lines=helplines(), overdue={line.key for line in overdue()})


@asks("/helplines/new", needs=Permission.KEEP_TAKING_PART)
@again
def new_helpline() -> Answer:
    """One more."""
    form = HelplineForm()
    if not form.validate_on_submit():
        return _form_page(form, None, status=refused(form) if form.is_submitted() else 200)
    try:
        with transaction():
            typed = _typed(form, form.key.data)
            add_helpline(typed)
            told = begun(asdict(typed))
            record(actor=current().name, action="helpline.added", subject=f"helpline {form.key.data}", details=told)
    except ShopError as problem:
        return _form_page(form, None, status=refused(form, problem=problem))
    flash("Added.", "success")
    return see_other(url_for("admin.helpline_list"))


@asks("/helplines/<slug:key>", needs=Permission.KEEP_TAKING_PART)
@again
def one_helpline(key: str) -> Answer:
    """Change one; its short name stays."""
    there = next((line for line in helplines() if line.key == key), None)
    if there is None:
        raise NotFound("There is no such helpline.")
    form = HelplineForm(obj=there)
    form.key.data = key
    if not form.validate_on_submit():
        return _form_page(form, there, status=refused(form) if form.is_submitted() else 200)
    try:
        with transaction():
            typed = _typed(form, key)
            change_helpline(typed)
            told = differences(asdict(there), asdict(typed))
            record(actor=current().name, action="helpline.changed", subject=f"helpline {key}", details=told)
    except ShopError as problem:
        return _form_page(form, there, status=refused(form, problem=problem))
    flash("Saved, and noted as checked today.", "success")
    return see_other(url_for("admin.helpline_list"))


@does("/helplines/<slug:key>/checked", needs=Permission.KEEP_TAKING_PART)
@again
def check_helpline(key: str) -> Answer:
    """Somebody called it, or opened its pages, and all of it is right."""
    if pressed():
        before = _told(key)
        with transaction():
            if note_checked(key):
                told = differences(before, _told(key))
                record(actor=current().name, action="helpline.checked", subject=f"helpline {key}", details=told)
        flash("Noted as checked today.", "success")
    return see_other(url_for("admin.helpline_list"))


@does("/helplines/<slug:key>/remove", needs=Permission.KEEP_TAKING_PART)
@again
def drop_helpline(key: str) -> Answer:
    """It is no more."""
    if pressed():
        told = ended(_told(key))
        with transaction():
            if remove_helpline(key):
                record(actor=current().name, action="helpline.removed", subject=f"helpline {key}", details=told)
        flash("Removed.", "success")
    return see_other(url_for("admin.helpline_list"))


def _told(key: str) -> dict[str, object]:
    return next((asdict(line) for line in helplines() if line.key == key), {})


def _typed(form: HelplineForm, key: str) -> HelplineView:
    names = ("country", "name", "serves", "phone", "text", "tty", "chat_url", "report_url", "hours", "languages")
    optional = ("text", "tty", "chat_url", "report_url", "languages")
    typed = {name: " ".join((form[name].data or "").split()) for name in (*names, "source_url")}
    given = {name: value or None if name in optional else value for name, value in typed.items()}
    return HelplineView(key=key, last_checked=clock.now().date(), **given)  # type: ignore[arg-type]  # None only where one may be left out


def _form_page(form: HelplineForm, there: HelplineView | None, *, status: int) -> Answer:
    return page("admin/helpline.html", status=status, form=form, there=there)
