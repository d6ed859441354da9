"""News by mail: who reads it, and the issues that staff write and send."""

from __future__ import annotations

from flask import flash, url_for
from wtforms import StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.core.languages import KNOWN
from shop.journeys.keep_news import send_issue
from shop.news import operations as news
from shop.news.queries import counts, issue, issues, readers
from shop.news.rules import Issue
from shop.staff.operations import record
from shop.staff.rules.audit import begun, differences, size_of
from shop.staff.rules.permissions import Permission


class IssueForm(StaffForm):
    """One letter of news."""

    subject = StringField("Subject", [InputRequired("Give it a subject.")])
    text = TextAreaField("Text", [InputRequired("Write something.")])
    language = StringField("Language", [AnyOf(KNOWN, "Choose a language.")], default="en")


@shows("/news", needs=Permission.SEE_TAKING_PART)
def news_list() -> Answer:
    """Readers by language, and every issue."""
    return page("admin/news.html", issues=issues(), counts=counts(), languages=KNOWN)


@asks("/news/new", needs=Permission.KEEP_TAKING_PART)
@again
def new_issue() -> Answer:
    """A draft."""
    form = IssueForm()
    if not form.validate_on_submit():
        return _form_page(form, None, status=refused(form) if form.is_submitted() else 200)
    try:
        with transaction():
            issue_id = news.draft_issue(**_typed(form))
            record(actor=current().name, action="news.drafted", subject=f"issue {issue_id}", details=begun(_told(form)))
    except Invalid as problem:
        return _form_page(form, None, status=refused(form, problem=problem))
    flash("Kept as a draft. Nothing was sent.", "success")
    return see_other(url_for("admin.one_issue", issue_id=issue_id))


@asks("/news/<row:issue_id>", needs=Permission.KEEP_TAKING_PART)
@again
def one_issue(issue_id: int) -> Answer:
    """Change a draft, or look at what was sent."""
    there = issue(issue_id)
    form = IssueForm(data={"subject": there.subject, "text": there.text, "language": there.language})
    if not form.validate_on_submit():
        return _form_page(form, there, status=refused(form) if form.is_submitted() else 200)
    try:
        with transaction():
            changed = news.change_issue(issue_id, **_typed(form))
            before = {"subject": there.subject, "text": size_of(there.text), "language": there.language}
            told = differences(before, _told(form))
            if changed:
                record(actor=current().name, action="news.changed", subject=f"issue {issue_id}", details=told)
    except Invalid as problem:
        return _form_page(form, there, status=refused(form, problem=problem))
    flash(*(("Saved.", "success") if changed else ("It was sent already, and cannot be changed.", "warning")))
    return see_other(url_for("admin.one_issue", issue_id=issue_id))


@does("/news/<row:issue_id>/send", needs=Permission.KEEP_TAKING_PART)
def send_news(issue_id: int) -> Answer:
    """To everybody who is confirmed in its language; twice is once."""
    there = issue(issue_id)
    if pressed():
        sent = send_issue(there.id, actor=current().name)
        flash(*(("It is on its way.", "success") if sent else ("It was sent before.", "warning")))
    return see_other(url_for("admin.one_issue", issue_id=issue_id))


def _typed(form: IssueForm) -> dict[str, str]:
    text = form.text.data.replace("\r\n", "\n").replace("\x00", "")
    return {"subject": " ".join(form.subject.data.split()), "text": text, "language": form.language.data}


def _told(form: IssueForm) -> dict[str, str]:
    """For the audit log, which keeps no letter's words."""
    return {**_typed(form), "text": size_of(_typed(form)["text"])}


def _form_page(form: IssueForm, there: Issue | None, *, status: int) -> Answer:
    count = len(readers(there.language)) if there else 0
    spoken = [(one.code, one.name, one.code == form.language.data) for one in KNOWN.values()]
    return page("admin/issue.html", status=status, form=form, there=there, readers=count, languages=spoken)
