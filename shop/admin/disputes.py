"""Payments that banks contest, with what must be answered by when; and fraud warnings, to be settled before they do."""

from __future__ import annotations

from flask import flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.errors import NotFound
from shop.journeys.settle_warning import settle_warning
from shop.orders.queries.search import numbers
from shop.payments.queries import disputes as read
from shop.staff.rules.permissions import Permission

SEE, GIVE = Permission.SEE_MONEY, Permission.GIVE_MONEY_BACK


@shows("/disputes", needs=SEE)
def dispute_list() -> Answer:
    """What must be answered first stands first."""
    opened, closed, warnings = read.disputes(closed=False), read.disputes(closed=True), read.open_warnings()
    named = numbers([one.order_id for one in opened + closed] + [one.order_id for one in warnings])
    return page("admin/disputes.html", opened=opened, closed=closed[::-1], warnings=warnings, numbers=named)


@does("/warnings/<stripe:warning_id>/give-back", needs=GIVE)
def give_back_after_warning(warning_id: str) -> Answer:
    """Everything goes back at once: no dispute, no fee."""
    return _settled(warning_id, give_back=True, said="Everything is being given back.")


@does("/warnings/<stripe:warning_id>/keep", needs=GIVE)
def keep_after_warning(warning_id: str) -> Answer:
    """Somebody has looked and believes the customer."""
    return _settled(warning_id, give_back=False, said="Noted: the payment stays.")


def _settled(warning_id: str, *, give_back: bool, said: str) -> Answer:
    known = next((one for one in read.open_warnings() if one.id == warning_id), None)
    if known is None:
        raise NotFound("This warning was settled, or never was.")
    if pressed():
        settle_warning(order_id=known.order_id, give_back=give_back, actor=current().name)
        flash(said, "success")
    return see_other(url_for("admin.dispute_list"))
