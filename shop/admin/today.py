"""The first page: what needs doing."""

from __future__ import annotations

from shop.admin.answers import page
from shop.admin.reads import today as read
from shop.admin.routes import Answer, shows
from shop.staff.rules.permissions import Permission


@shows("/", needs=Permission.SEE_TODAY)
def today() -> Answer:
    """Orders to send, low stock, jobs that gave up, figures to check again."""
    return page("admin/today.html", today=read.today())
