"""Low stock as staff set it, and the report of sizes that were gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from shop.core.database import end_read
from shop.stock.watching import Threshold, thresholds, watchers
from tests.admin.desk import Desk, text_of, typed_in
from tests.admin.sales import Counter

PAGE = "/admin/stock/alerts"


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path / "mail")


def test_staff_say_who_is_told_and_from_how_many_on(app: Flask, counter: Counter) -> None:
    tee, desk = counter.tees[0], Desk(app, "fulfilment")
    assert desk.press(PAGE, f"{PAGE}/watchers", at_once=str(desk.member_id)).status_code == 303
    assert watchers() == {desk.member_id: (True, False)}
    end_read()
    page, to = f"{PAGE}?product={tee.product_id}", f"{PAGE}/{tee.product_id}"
    assert desk.press(page, to, **{f"low_at-{tee.id}": "9"}).status_code == 303
    assert thresholds([tee.id]) == {tee.id: Threshold(9)}
    end_read()
    wrong = desk.press(page, to, **{f"low_at-{tee.id}": "many"})
    assert (wrong.status_code, typed_in(wrong, f"low_at-{tee.id}")) == (422, "many")
    assert "Low stock" in Desk(app, "read_only", name="Kim").reads(PAGE)


def test_sizes_that_were_gone_are_listed_with_who_waits(app: Flask, counter: Counter) -> None:
    tee, desk = counter.tees[0], Desk(app)
    assert "No size was gone" in desk.reads("/admin/stock/gone") or "Days gone" in desk.reads("/admin/stock/gone")
    fields = {"adjust__change": f"-{_on_hand(tee.id)}", "adjust__reason": "Lost"}
    desk.press(f"/admin/stock/{tee.id}", f"/admin/stock/{tee.id}/adjust", **fields)
    shown = text_of(desk.get("/admin/stock/gone?days=90"))
    assert f"{tee.title}, {tee.colour_name}, {tee.size}" in shown


def _on_hand(variant_id: int) -> int:
    from shop.stock.queries import levels

    found = levels([variant_id])[variant_id].on_hand
    end_read()
    return found
