"""Orders of Stripe's test mode: what they took is given back, one by one or all at once."""

from __future__ import annotations

from flask import flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.reads import trials as read
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.database import end_read
from shop.core.mode import is_live
from shop.journeys.go_live import take_test_out
from shop.staff.rules.permissions import Permission

TAKE = Permission.GIVE_MONEY_BACK


@shows("/test-orders", needs=TAKE)
def test_orders() -> Answer:
    """Those that hold something still."""
    return page("admin/test_orders.html", trials=read.trials(), live=is_live())


@does("/test-orders/<code:order_id>/out", needs=TAKE)
def take_out(order_id: str) -> Answer:
    """One of them."""
    if pressed():
        done = take_test_out(order_id=order_id, actor=current().name)
        flash(*(("What it took is given back.", "success") if done else ("It holds nothing any more.", "warning")))
    return see_other(url_for("admin.test_orders"))


@does("/test-orders/out", needs=TAKE)
def take_all_out() -> Answer:
    """All that the page showed."""
    if pressed():
        ids = [one.id for one in read.trials()]
        end_read()
        done = sum(take_test_out(order_id=order_id, actor=current().name) for order_id in ids)
        flash(f"What {done} test {'order' if done == 1 else 'orders'} took is given back.", "success")
    return see_other(url_for("admin.test_orders"))
