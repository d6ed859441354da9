"""What runs low and who is told of it, and how long sizes were gone from the shelf."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.routes import Answer, does, see_other, shows
from shop.catalogue.queries import all_variants, titles, variants_in_cart
from shop.core import clock
from shop.core.database import end_read
from shop.core.errors import Invalid
from shop.journeys.watch_stock import set_stock_thresholds, set_stock_watchers
from shop.purchasing.queries import incoming
from shop.restock.queries import demand
from shop.restock.rules import Demand
from shop.staff.queries.members import members
from shop.staff.rules.permissions import Permission
from shop.stock import watching
from shop.stock.rules import LOW
from shop.stock.watching import Threshold

PERIODS = (30, 90, 365)
SHOWN = 200
_ROW = re.compile(r"[0-9]{1,15}")
_NUMBER = re.compile(r"[0-9]{1,6}")


@shows("/stock/alerts", needs=Permission.SEE_STOCK)
def stock_alerts() -> Answer:
    """Who is told, and thresholds of the product that `?product=` names."""
    return _alerts(_product(), {})


@does("/stock/alerts/watchers", needs=Permission.CHANGE_STOCK)
def set_watchers() -> Answer:
    """Who wants to know at once, and who daily."""
    end_read()
    if pressed():
        choices = {name: set(request.form.getlist(name)) for name in ("at_once", "daily")}
        known = [one.id for one in members() if one.disabled_at is None]
        end_read()
        wanted = {key: (str(key) in choices["at_once"], str(key) in choices["daily"]) for key in known}
        set_stock_watchers(wanted, actor=current().name)
        flash("Kept.", "success")
    return see_other(url_for("admin.stock_alerts"))


@does("/stock/alerts/<row:product_id>", needs=Permission.CHANGE_STOCK)
def set_thresholds(product_id: int) -> Answer:
    """From how many on each size runs low."""
    typed = {name: value.strip() for name, value in request.form.items()}
    if not pressed():
        return _alerts(product_id, typed, status=400)
    ids = [one.id for one in all_variants(product_ids=[product_id])]
    end_read()
    try:
        set_stock_thresholds(product_id, {key: _threshold(typed, key) for key in ids}, actor=current().name)
    except Invalid as problem:
        flash(problem.message, "danger")
        return _alerts(product_id, typed, status=422)
    flash("Kept.", "success")
    return see_other(url_for("admin.stock_alerts", product=product_id))


@shows("/stock/gone", needs=Permission.SEE_STOCK)
def stock_gone() -> Answer:
    """Days out of stock by size, and how many people waited meanwhile."""
    asked = request.args.get("days", "")
    days = int(asked) if asked in {str(period) for period in PERIODS} else PERIODS[0]
    gone = watching.gone_since(clock.now() - timedelta(days=days))
    ids = [one.variant_id for one in gone[:SHOWN]]
    wishes = demand(ids)
    return page(
        "admin/stock/gone.html",
        days=days,
        periods=PERIODS,
        gone=gone[:SHOWN],
        more=len(gone) - len(ids),
        variants=variants_in_cart(ids),
        wishes={key: wishes.get(key, Demand()) for key in ids},
        coming=incoming(ids),
    )


def _product() -> int:
    asked = request.args.get("product", "")
    return int(asked) if _ROW.fullmatch(asked) else next(iter(titles()), 0)


def _alerts(product_id: int, typed: Mapping[str, str], *, status: int = 200) -> Answer:
    end_read()
    variants = all_variants(product_ids=[product_id])
    return page(
        "admin/stock/alerts.html",
        status=status,
        people=[one for one in members() if one.disabled_at is None],
        watchers=watching.watchers(),
        products=titles(),
        product_id=product_id,
        variants=variants,
        thresholds=watching.thresholds(one.id for one in variants),
        typed=typed,
        usual=LOW,
    )


def _threshold(typed: Mapping[str, str], variant_id: int) -> Threshold | None:
    """Units or days; both empty is the store's own number. Raises Invalid."""
    units, days = typed.get(f"low_at-{variant_id}", ""), typed.get(f"days-{variant_id}", "")
    if any(value and not _NUMBER.fullmatch(value) for value in (units, days)):
        raise Invalid("Enter whole numbers: how many units, or how many days. Nothing was kept.")
    if days:
        return Threshold(0, int(days))
    return Threshold(int(units)) if units else None
