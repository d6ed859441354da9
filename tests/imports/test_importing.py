"""Numbers out of a file: compared first, applied in one piece, undone in one piece."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask

from shop.catalogue.queries import all_variants
from shop.core import outbox
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid
from shop.demo.seed import seed
from shop.imports.queries import ImportFacts, Tally, one_import, rows_of, tally
from shop.journeys.change_stock import undo_stock_change
from shop.journeys.handlers import handlers
from shop.journeys.import_stock import ask_to_apply, drop_import, upload_stock
from shop.journeys.keep_stock import adjust_stock
from shop.journeys.services import Services
from shop.mail.post import FolderPost
from shop.stock.queries import all_levels, levels
from tests.admin.sales import OpenHanded
from tests.support.factories import Shelf, open_shop


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop(pledge=None)


@pytest.fixture
def worker(tmp_path: Path) -> Services:
    return Services(OpenHanded(), FolderPost(tmp_path), "http://shop.test", "hello@shop.test")


def works(worker: Services) -> None:
    outbox.drain(handlers(worker))
    end_read()


def sent(worker: Services, content: bytes, *, mode: str = "set", expected_rows: int | None = None) -> ImportFacts:
    import_id = upload_stock(
        content, file_name="count.csv", mode=mode, reason="Yearly count", expected_rows=expected_rows, actor="Ada"
    )
    works(worker)
    return facts(import_id)


def facts(import_id: int) -> ImportFacts:
    found = one_import(import_id)
    end_read()
    return found


def on_hand(shelf: Shelf, sku: str) -> int:
    found = levels([shelf.variants[sku]])[shelf.variants[sku]].on_hand
    end_read()
    return found


def test_a_dry_run_says_row_by_row_what_would_change_and_changes_nothing(shelf: Shelf, worker: Services) -> None:
    one = sent(worker, b"SKU,On hand\nTEE-M,12\ntee-l,10\nNONE,4\nTEE-S,many\nTEE-M,13\nTEE-L,\n")
    assert (one.state, one.rows) == ("ready", 6)
    assert tally(one.id) == Tally(differ=1, same=1, problems=4, units=2)
    remarks = [row.problem for row in rows_of(one.id, which="problems")[0]]
    assert [remark.split()[0] for remark in remarks] == ["There", "“many”", "The", "There"]
    assert on_hand(shelf, "TEE-M") == 10


def test_what_differs_is_applied_and_undone_in_one_piece(shelf: Shelf, worker: Services) -> None:
    one = sent(worker, b"SKU,On hand,Damaged\nTEE-M,12,2\nTEE-L,7,\n")
    ask_to_apply(one.id, leave_out=False, actor="Ada")
    works(worker)
    done = facts(one.id)
    assert (done.state, on_hand(shelf, "TEE-M"), on_hand(shelf, "TEE-L")) == ("applied", 12, 7)
    undo_stock_change(done.change_id or 0, actor="Kim")
    assert (on_hand(shelf, "TEE-M"), on_hand(shelf, "TEE-L")) == (10, 10)
    with pytest.raises(Conflict):
        ask_to_apply(one.id, leave_out=False, actor="Ada")


def test_a_number_that_moved_since_is_compared_anew_before_anything_is_applied(shelf: Shelf, worker: Services) -> None:
    one = sent(worker, b"SKU,On hand\nTEE-M,12\nTEE-L,7\n")
    adjust_stock(variant_id=shelf.variants["TEE-M"], change=-1, reason="Sold at a fair", actor="Kim")
    ask_to_apply(one.id, leave_out=False, actor="Ada")
    works(worker)
    again = facts(one.id)
    assert (again.state, again.round, on_hand(shelf, "TEE-L")) == ("ready", one.round + 1, 10)
    assert "made anew" in again.message
    assert rows_of(one.id, which="differ")[0][0].before == 9
    ask_to_apply(one.id, leave_out=False, actor="Ada")
    works(worker)
    assert (facts(one.id).state, on_hand(shelf, "TEE-M")) == ("applied", 12)


def test_what_adds_is_added_to_whatever_is_there(shelf: Shelf, worker: Services) -> None:
    one = sent(worker, b"TEE-M,5\n", mode="add")
    adjust_stock(variant_id=shelf.variants["TEE-M"], change=-1, reason="Sold at a fair", actor="Kim")
    ask_to_apply(one.id, leave_out=False, actor="Ada")
    works(worker)
    assert on_hand(shelf, "TEE-M") == 14


def test_problems_and_missing_rows_stand_in_the_way_until_somebody_says_so(shelf: Shelf, worker: Services) -> None:
    short = sent(worker, b"TEE-M,5\n", expected_rows=2)
    with pytest.raises(Invalid, match="not 2"):
        ask_to_apply(short.id, leave_out=True, actor="Ada")
    wrong = sent(worker, b"TEE-M,5\nNONE,1\n")
    with pytest.raises(Invalid):
        ask_to_apply(wrong.id, leave_out=False, actor="Ada")
    ask_to_apply(wrong.id, leave_out=True, actor="Ada")
    works(worker)
    assert on_hand(shelf, "TEE-M") == 5
    same = sent(worker, b"TEE-M,5\n")
    with pytest.raises(Invalid):
        ask_to_apply(same.id, leave_out=False, actor="Ada")
    drop_import(same.id, actor="Ada")
    assert facts(same.id).state == "dropped"


def test_what_would_take_away_what_is_promised_is_told(shelf: Shelf, worker: Services) -> None:
    one = sent(worker, b"SKU,On hand,Safety stock\nTEE-M,3,4\n")
    ask_to_apply(one.id, leave_out=False, actor="Ada")
    works(worker)
    assert (facts(one.id).state, on_hand(shelf, "TEE-M")) == ("ready", 10)
    assert "too few" in facts(one.id).message


def test_a_file_of_strangers_is_refused_and_an_empty_one_never_kept(shelf: Shelf, worker: Services) -> None:
    assert sent(worker, b"hello\n").state == "refused"
    for content, reason in ((b"", "why"), (b"TEE-M,1", " ")):
        with pytest.raises(Invalid):
            upload_stock(content, file_name="x", mode="set", reason=reason, expected_rows=None, actor="Ada")


@pytest.mark.soak
def test_ten_thousand_rows_within_twenty_seconds(app: Flask, worker: Services) -> None:
    seed(products=900)
    variants = all_variants()[:10_000]
    was = all_levels()
    assert len(variants) == 10_000
    text = "SKU,On hand\n" + "".join(f"{one.sku},{was[one.id].on_hand + 1}\n" for one in variants)
    began = time.perf_counter()
    one = sent(worker, text.encode())
    assert one.state == "ready"
    ask_to_apply(one.id, leave_out=False, actor="Ada")
    works(worker)
    took = time.perf_counter() - began
    print(f"\n10,000 rows compared and applied in {took:.1f} s")  # noqa: T201
    assert facts(one.id).state == "applied"
    assert took < 20
