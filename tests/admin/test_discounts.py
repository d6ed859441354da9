"""Discounts in the back office: made, given codes, paused, seen in use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from shop.brand.operations import set_brand
from shop.brand.queries import brand
from shop.catalogue.operations import add_collection, fill_collection
from shop.catalogue.queries import all_variants
from shop.catalogue.rules import CollectionFacts
from shop.core.database import session, transaction
from shop.discounts.models import Discount, DiscountProduct
from tests.admin.desk import Desk, text_of, typed_in
from tests.support.audit_log import recent_audit
from tests.support.factories import Shopper, open_shop
from tests.support.till import Till

NEW = "/admin/discounts/new"


@pytest.fixture
def desk(app: Flask) -> Desk:
    open_shop()
    return Desk(app, "manager")


def _made(desk: Desk, **fields: object) -> str:
    """The address of a new discount."""
    typed = {"name": "Spring sale", "kind": "percent", "value": "10", "code": "spring"} | fields
    answer = desk.press(NEW, NEW, **typed)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def test_one_is_made_used_and_its_use_is_seen(desk: Desk) -> None:
    till = Till()
    address = _made(desk, value="12.5", most_per_customer="1", ends_at="2099-01-01T10:00")
    shopper = Shopper(till).types("SPRING").buys("TEE-M")
    page = desk.reads(address)
    assert "12.5% off" in page
    assert "1 time, $3.13 given" in page
    assert shopper.order.number in page
    assert "Spring sale" in desk.reads("/admin/discounts")
    assert [entry.action for entry in recent_audit(limit=1)] == ["discount.made"]
    assert "Discount, Spring sale (SPRING)" in desk.reads(f"/admin/orders/{shopper.order_id}")


def test_it_is_paused_and_used_again(desk: Desk) -> None:
    address = _made(desk)
    desk.press(address, f"{address}/state", state="paused")
    assert "Use it again" in desk.reads(address)
    desk.press(address, f"{address}/state", state="active")
    assert "Pause it" in desk.reads(address)


def test_a_batch_is_made_and_handed_out_as_a_file(desk: Desk) -> None:
    address = _made(desk)
    made = desk.press(
        address, f"{address}/batch", batch__batch="Volunteers", batch__number="25", batch__prefix="thanks"
    )
    assert made.status_code == 303
    assert "Volunteers: 25 codes, 0 used" in desk.reads(address)
    rows = desk.get(f"{address}/codes.csv?batch=Volunteers").get_data(as_text=True).splitlines()
    assert rows[0] == "code,uses,limit,made"
    assert len({row.split(",")[0] for row in rows[1:]}) == 25
    assert all(row.startswith("THANKS-") and ",0,1," in row for row in rows[1:])


def test_a_code_that_is_taken_is_said_beside_its_field(desk: Desk) -> None:
    address = _made(desk)
    answer = desk.press(address, f"{address}/code", code__code="SPRING")
    assert answer.status_code == 422
    assert "This code is taken" in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "0"}, "Enter a share above 0"),
        ({"value": "ten"}, "Enter a percentage"),
        ({"value": "nan"}, "Enter a percentage"),
        ({"kind": "fixed", "value": "-5"}, "Enter an amount in figures"),
        ({"kind": "buy_get", "value": "100"}, "Enter how many are bought"),
        ({"name": ""}, "Give it a name."),
        ({"minimum": "much"}, "Enter an amount in figures"),
        ({"ends_at": "tomorrow"}, "Enter a date and a time"),
        ({"starts_at": "2099-01-01T10:00", "ends_at": "2098-01-01T10:00"}, "It ends after it starts."),
        ({"most_uses": "0"}, "Enter a whole number"),
        ({"products": "999"}, ""),
        ({"code": "a b!"}, "A code has letters"),
    ],
)
def test_what_makes_no_sense_is_told_and_kept(desk: Desk, fields: dict[str, object], words: str) -> None:
    answer = desk.press(NEW, NEW, **({"name": "Spring sale", "kind": "percent", "value": "10"} | fields))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "There are no discounts yet." in desk.reads("/admin/discounts")


def test_one_is_made_for_a_collection(desk: Desk) -> None:
    shelf_ids = sorted({variant.product_id for variant in all_variants()})
    with transaction():
        collection_id = add_collection(CollectionFacts("spring", "Spring", "", published=True, position=1))
        fill_collection(collection_id, shelf_ids[:1])
    for wrong in ("999", "<b>"):
        assert desk.press(NEW, NEW, name="x", kind="percent", value="10", collections=wrong).status_code == 422
    address = _made(desk, collections=str(collection_id))
    assert "all of Spring" in desk.reads(address)
    assert "all of Spring" in desk.reads("/admin/discounts")
    assert session().scalars(select(DiscountProduct.product_id)).all() == []


def _shelf_ids() -> list[int]:
    return sorted({variant.product_id for variant in all_variants()})


def test_what_it_is_for_changes_until_somebody_used_it(desk: Desk) -> None:
    address = _made(desk)
    scope, (tee, *_) = f"{address}/scope", _shelf_ids()
    seen = typed_in(desk.get(scope), "seen")
    assert desk.press(scope, scope, seen=seen, products=str(tee)).status_code == 303
    assert "For Everything" not in desk.reads(address)
    (entry,) = recent_audit(limit=1)
    assert (entry.action, entry.details["after"]["products"]) == ("discount.scope", [tee])
    late = desk.press(scope, scope, seen=seen)
    assert (late.status_code, "Somebody else changed" in text_of(late)) == (409, True)
    Shopper(Till()).types("SPRING").buys("TEE-M")
    refused = desk.press(scope, scope, seen=typed_in(desk.get(scope), "seen"))
    assert (refused.status_code, "Make a copy" in text_of(refused)) == (409, True)
    assert "Copy it to change what it is for" in desk.reads(address)
    copy = desk.get(f"{NEW}?copy={address.rsplit('/', 1)[1]}")
    assert (typed_in(copy, "name"), typed_in(copy, "value")) == ("Spring sale", "10")
    assert 'value="spring"' not in copy.text


def test_it_begins_by_the_clock_of_the_store(desk: Desk) -> None:
    with transaction():
        set_brand(replace(brand(), time_zone="America/New_York"))
    address = _made(desk, starts_at="2026-12-01T00:00", ends_at="2026-12-26T00:00")
    assert "from 2026-12-01 00:00 until 2026-12-26 00:00 (America/New York)" in desk.reads(address)
    assert session().scalars(select(Discount.starts_at)).one() == datetime(2026, 12, 1, 5, tzinfo=UTC)
