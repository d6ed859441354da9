"""Monthly gifts: who keeps giving, how it stands, and the button for a giver who wrote or telephoned."""

from __future__ import annotations

from flask import current_app, flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import page_number
from shop.admin.reads import monthly as read
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.database import end_read
from shop.core.errors import Unavailable
from shop.journeys.change_monthly import stop_for_giver
from shop.journeys.services import Services
from shop.staff.rules.permissions import Permission


@shows("/monthly", needs=Permission.SEE_GIFTS)
def monthly_list() -> Answer:
    """Those that were ever paid, newest first, and what they bring together."""
    number = page_number()
    found = read.monthly_gifts(page=number)
    shown, more = found[: read.PAGE], len(found) > read.PAGE
    return page("admin/monthly.html", gifts=shown, more=more, number=number, sums=read.sums())


@does("/monthly/<code:gift_id>/stop", needs=Permission.CHANGE_GIFTS)
def stop_monthly_gift(gift_id: str) -> Answer:
    """Stop it at Stripe, now; the giver is written to."""
    services: Services = current_app.extensions["services"]
    if pressed():
        end_read()
        try:
            stop_for_giver(gift_id=gift_id, actor=current().name, services=services)
            flash("It is stopped, and the giver is written to.", "success")
        except Unavailable as silent:
            flash(f"{silent.message} Nothing was changed.", "danger")
    return see_other(url_for("admin.monthly_list"))
