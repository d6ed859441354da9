"""The audit log: read, searched, taken along as a file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import request
from wtforms import DateField, StringField
from wtforms.validators import Length, Optional

from shop.admin.answers import page
from shop.admin.asked import page_number
from shop.admin.base_form import StaffForm
from shop.admin.reads import audit as read
from shop.admin.routes import Answer, shows
from shop.admin.sheets import csv_answer
from shop.core import clock
from shop.staff.rules.permissions import Permission

ASKED = ("q", "kind", "since", "until")
COLUMNS = ("Number", "When (UTC)", "Who", "What", "Of what", "Details", "From where", "Hash")


class AuditForm(StaffForm):
    """What to look for, by words and by days; days include themselves."""

    class Meta:
        csrf = False  # it is only read

    q = StringField("Who, what or of what", [Length(max=100)], filters=[lambda text: " ".join((text or "").split())])
    kind = StringField("Show", default="all")
    since = DateField("From", [Optional()])
    until = DateField("Until", [Optional()])

    def kinds(self) -> list[tuple[str, str, bool]]:
        """The choices of `kind`, with the one that is chosen."""
        return [(value, label, value == self.kind.data) for value, label in read.KINDS.items()]

    def search(self) -> read.Search:
        """What was asked for; what makes no sense is left out."""
        good = self.validate()
        since, until = (self.since.data, self.until.data) if good else (None, None)
        kind = (self.kind.data or "all") if good else "all"
        return read.Search(self.q.data if good else "", kind, _midnight(since), _midnight(until, days=1))


@shows("/audit", needs=Permission.SEE_AUDIT)
def audit_log() -> Answer:
    """Newest first; searched by who, what and of what."""
    form, number = AuditForm(request.args), page_number()
    entries = read.entries(form.search(), page=number)
    asked = {name: value for name in ASKED if (value := request.args.get(name, "")) not in ("", "all")}
    more = len(entries) == read.PAGE
    return page("admin/audit.html", form=form, entries=entries, asked=asked, number=number, more=more)


@shows("/audit.csv", needs=Permission.EXPORT_AUDIT)
def audit_csv() -> Answer:
    """The same search whole, oldest first, with hashes: whoever keeps it can show later that nothing was changed."""
    rows = (
        (one.position, one.happened_at.isoformat(), one.actor, one.action, one.subject, one.told, one.origin, one.hash)
        for one in read.all_entries(AuditForm(request.args).search())
    )
    return csv_answer(f"audit-{clock.now():%Y-%m-%d}.csv", COLUMNS, rows)


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC) + timedelta(days=days)
