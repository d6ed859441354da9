"""Sources: the words that links on posters and partners' pages carry, and how many orders came by each."""

from __future__ import annotations

from flask import flash, url_for
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.reads.sources import source_board
from shop.admin.routes import Answer, asks, does, see_other
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.sharing import operations as sharing
from shop.sharing.queries import label_of
from shop.staff.operations import record
from shop.staff.rules.audit import begun, ended
from shop.staff.rules.permissions import Permission


class SourceForm(StaffForm):
    """A new word, and what it stands for."""

    code = StringField("Word", [InputRequired("Enter a word."), Length(max=40)])
    label = StringField("What it stands for", [InputRequired("Say what it stands for."), Length(max=200)])


@asks("/sources", needs=Permission.KEEP_TAKING_PART)
@again
def source_list() -> Answer:
    """Counts of orders, never of people; and a form for a new word."""
    form = SourceForm()
    if not form.validate_on_submit():
        status = refused(form) if form.is_submitted() else 200
        return page("admin/sources.html", status=status, form=form, rows=source_board())
    code, label = form.code.data.strip().lower(), " ".join(form.label.data.split())
    try:
        with transaction():
            named = sharing.name_source(code=code, label=label)
            if named:
                told = begun({"label": label})
                record(actor=current().name, action="source.named", subject=f"source {code}", details=told)
    except Invalid as problem:
        return page("admin/sources.html", status=refused(form, problem=problem), form=form, rows=source_board())
    flash(*(("It can be used now.", "success") if named else ("There is one of that name.", "warning")))
    return see_other(url_for("admin.source_list"))


@does("/sources/<code>/drop", needs=Permission.KEEP_TAKING_PART)
@again
def drop_source(code: str) -> Answer:
    """Orders to come are not counted for it; those that are, stay."""
    if pressed():
        with transaction():
            told = ended({"label": label_of(code)})
            sharing.drop_source(code)
            record(actor=current().name, action="source.dropped", subject=f"source {code}"[:200], details=told)
        flash("New orders are no longer counted for it.", "success")
    return see_other(url_for("admin.source_list"))
