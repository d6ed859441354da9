"""From the shelf to the parcel to the buyer, in parts, on hold, in another size; and everybody at once."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from shop.catalogue.models import Variant
from shop.core.database import end_read, session, transaction
from shop.core.errors import Conflict, Forbidden, Invalid
from shop.journeys.fulfil_order import fulfil_order, pack_order, send_parcel, unpack
from shop.journeys.keep_orders import address_mark, change_address, hold_order, release_order, swap_size
from shop.journeys.refund_order import give_part_back
from shop.journeys.refund_plan import Wish
from shop.orders import packing
from shop.orders.packing import PackedMeanwhile
from shop.orders.queries import events_of, lines_of
from shop.orders.rules import Line
from shop.parcels.queries import holds_on, parcels_of
from shop.parcels.rules import shelf_order, tracking_url
from shop.payments.queries import refunds_of
from shop.stock.operations import OutOfStock
from shop.stock.queries import levels
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, usd
from tests.support.till import Till

TO = {"name": "Robin Vale", "line1": "2 Other Street", "city": "Springfield", "postal_code": "00001"}


def line_of(shopper: Shopper) -> Line:
    (line,) = lines_of(shopper.order_id)
    end_read()
    return line


def counted(shelf: Shelf, sku: str) -> tuple[int, int]:
    """On hand and committed."""
    found = levels([shelf.variants[sku]])[shelf.variants[sku]]
    end_read()
    return found.on_hand, found.committed


def test_an_order_leaves_in_two_parcels_and_each_is_told(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys("TEE-M", 3)
    line = line_of(shopper)
    first = pack_order(order_id=shopper.order_id, units={line.id: 2}, actor="robin")
    assert send_parcel(parcel_id=first, carrier="UPS", tracking="1Z 999", actor="robin")
    assert not send_parcel(parcel_id=first, actor="robin"), "twice is once"
    assert (shopper.order.state, counted(shelf, "TEE-M")) == ("paid", (8, 1))
    assert fulfil_order(order_id=shopper.order_id, actor="robin")
    till.works()
    assert (shopper.order.state, counted(shelf, "TEE-M")) == ("fulfilled", (7, 0))
    texts = [str(letter.get_body(("plain",))) for letter in till.post.letters[-2:]]
    assert "https://www.ups.com/track?tracknum=3D1Z999" in texts[0] or "tracknum=1Z999" in texts[0]
    assert "The rest of your order follows" in texts[0]
    assert "Your parcel has left" in texts[1]


def test_a_parcel_is_opened_again_before_it_leaves(shopper: Shopper) -> None:
    shopper.buys("TEE-M", 2)
    parcel_id = pack_order(order_id=shopper.order_id, actor="robin")
    with pytest.raises(Conflict):
        pack_order(order_id=shopper.order_id, actor="robin")
    assert [unpack(parcel_id=parcel_id, actor="robin") for _ in range(2)] == [True, False]
    assert line_of(shopper).to_pack == 2
    with pytest.raises(Conflict):
        send_parcel(parcel_id=parcel_id, actor="robin")


def test_what_is_on_hold_stays_until_it_is_released(shopper: Shopper) -> None:
    shopper.buys()
    order_id = shopper.order_id
    held = [hold_order(order_id=order_id, kind="address", reason="No number", actor="robin") for _ in range(2)]
    assert held == [True, False]
    with pytest.raises(Conflict, match="No number"):
        fulfil_order(order_id=order_id, actor="robin")
    with pytest.raises(Invalid):
        hold_order(order_id=order_id, kind="whim", reason="x", actor="robin")
    assert release_order(order_id=order_id, actor="robin")
    assert fulfil_order(order_id=order_id, actor="robin")
    assert [event.kind for event in events_of(order_id) if not event.for_staff][-1] == "sent"


def test_packed_units_are_not_given_back_and_the_rest_given_back_ends_the_order(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    line = line_of(shopper)
    parcel_id = pack_order(order_id=shopper.order_id, units={line.id: 1}, actor="robin")
    with pytest.raises(Invalid, match="packed"):
        give_part_back(order_id=shopper.order_id, wish=Wish(units={line.id: 2}), key="r", reason="x", actor="robin")
    send_parcel(parcel_id=parcel_id, actor="robin")
    give_part_back(order_id=shopper.order_id, wish=Wish(units={line.id: 1}), key="r", reason="x", actor="robin")
    till.works()
    assert shopper.order.state == "fulfilled"


def test_eight_people_pack_the_same_order_and_one_parcel_is_made(app: Flask, shopper: Shopper) -> None:
    shopper.buys("TEE-M", 2)
    order_id = shopper.order_id

    def packs(_: int) -> str:
        return pack_order(order_id=order_id, actor="robin")

    answers = at_once(app, 8, packs)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 7
    assert len(parcels_of(order_id)) == 1


def test_the_guard_counts_even_where_everybody_looked_before(app: Flask, shopper: Shopper) -> None:
    """And its control: whoever only looked would have packed eight times."""
    shopper.buys("TEE-M", 1)
    line = line_of(shopper)
    looked = threading.Barrier(8)

    def packs(_: int) -> tuple[bool, bool]:
        seen = line_of(shopper).to_pack >= 1
        looked.wait(timeout=30)
        try:
            with transaction():
                packing.pack_units({line.id: 1})
        except PackedMeanwhile:
            return seen, False
        return seen, True

    answers = at_once(app, 8, packs)
    assert answers.count((True, True)) == 1, answers
    assert answers.count((True, False)) == 7, "all eight had seen one to pack"
    with transaction():
        packing.unpack_units({line.id: 1})


# Another size


def swaps(shopper: Shopper, shelf: Shelf, sku: str, settle: str = "waive", *, may_refund: bool = True) -> None:
    swap_size(
        order_id=shopper.order_id,
        line_id=line_of(shopper).id,
        variant_id=shelf.variants[sku],
        seen=shelf.variants["TEE-M"],
        settle=settle,
        may_refund=may_refund,
        actor="robin",
    )


def reprice(shelf: Shelf, sku: str, minor: int) -> None:
    with transaction() as current:
        variant = current.get(Variant, shelf.variants[sku])
        assert variant is not None
        variant.price_minor = minor


def test_another_size_takes_its_units_and_frees_the_others(shopper: Shopper, shelf: Shelf) -> None:
    shopper.buys("TEE-M", 2)
    swaps(shopper, shelf, "TEE-L", may_refund=False)
    assert (line_of(shopper).sku, counted(shelf, "TEE-M"), counted(shelf, "TEE-L")) == ("TEE-L", (10, 0), (10, 2))
    with pytest.raises(PackedMeanwhile):
        swaps(shopper, shelf, "TEE-S")
    assert fulfil_order(order_id=shopper.order_id, actor="robin")


@pytest.mark.breaks_invariants("the price on the shelf is changed by hand")
def test_a_cheaper_size_gives_the_difference_back_and_a_dearer_one_is_decided_about(
    shopper: Shopper, shelf: Shelf, till: Till
) -> None:
    shopper.buys("TEE-M", 2)
    reprice(shelf, "TEE-S", 2000)
    reprice(shelf, "TEE-L", 2700)
    with pytest.raises(Invalid, match="let it pass"):
        swaps(shopper, shelf, "TEE-L", "refund")
    with pytest.raises(Forbidden):
        swaps(shopper, shelf, "TEE-L", may_refund=False)
    swaps(shopper, shelf, "TEE-S", "refund")
    till.works()
    assert [refund.amount for refund in refunds_of(shopper.order_id)] == [usd(1000)]


def test_a_size_that_ran_out_is_not_promised(shopper: Shopper, shelf: Shelf) -> None:
    shopper.buys("TEE-M", 2)
    Shopper(shopper.till).puts("TEE-S", 9).checks_out()
    with pytest.raises(OutOfStock):
        swaps(shopper, shelf, "TEE-S")
    assert (line_of(shopper).sku, counted(shelf, "TEE-M")) == ("TEE-M", (10, 2))


def test_packing_and_swapping_at_once_do_one_of_both(app: Flask, shopper: Shopper, shelf: Shelf) -> None:
    shopper.buys()
    shopper_line = line_of(shopper)

    def acts(number: int) -> None:
        if number % 2:
            pack_order(order_id=shopper.order_id, actor="robin")
        else:
            swaps(shopper, shelf, "TEE-L")

    at_once(app, 4, acts)
    after = line_of(shopper)
    assert after.id == shopper_line.id
    assert sum(counted(shelf, sku)[1] for sku in ("TEE-M", "TEE-L")) == 1
    assert after.packed_quantity == 1


# Another address


def test_an_address_is_changed_once_and_only_from_what_was_seen(shopper: Shopper) -> None:
    shopper.buys()
    seen = address_mark(shopper.order)
    change_address(order_id=shopper.order_id, parts=TO, seen=seen, actor="robin")
    assert (shopper.order.ship_to or {})["address"]["line1"] == "2 Other Street"
    with pytest.raises(PackedMeanwhile):
        change_address(order_id=shopper.order_id, parts=TO, seen=seen, actor="robin")
    with pytest.raises(Invalid) as told:
        change_address(
            order_id=shopper.order_id, parts={**TO, "city": ""}, seen=address_mark(shopper.order), actor="robin"
        )
    assert told.value.field == "city"
    end_read()
    pack_order(order_id=shopper.order_id, actor="robin")
    with pytest.raises(PackedMeanwhile):
        change_address(order_id=shopper.order_id, parts=TO, seen=address_mark(shopper.order), actor="robin")
    session().rollback()


def test_four_people_correct_the_same_address_and_one_of_them_does(app: Flask, shopper: Shopper) -> None:
    """And the control: all four had seen the address that was there before."""
    shopper.buys()
    order_id, seen = shopper.order_id, address_mark(shopper.order)
    looked = threading.Barrier(4)

    def corrects(number: int) -> bool:
        had_seen = address_mark(shopper.order) == seen
        looked.wait(timeout=30)
        try:
            change_address(order_id=order_id, parts={**TO, "line1": f"{number} Road"}, seen=seen, actor="robin")
        except PackedMeanwhile:
            assert had_seen
            return False
        return True

    assert sorted(map(str, at_once(app, 4, corrects))) == ["False", "False", "False", "True"]


def test_holding_and_sending_at_once_never_send_what_is_held(app: Flask, shopper: Shopper) -> None:
    shopper.buys()
    order_id = shopper.order_id

    def acts(number: int) -> bool:
        if number % 2:
            return fulfil_order(order_id=order_id, actor="robin")
        return hold_order(order_id=order_id, kind="address", reason="No number", actor="robin")

    answers = at_once(app, 4, acts)
    sent, held = shopper.order.state == "fulfilled", bool(holds_on([order_id]))
    end_read()
    assert (sent, held) in {(True, False), (False, True)}, answers


# Rules


def test_carriers_are_followed_where_they_are_known() -> None:
    assert (
        tracking_url("royal mail", "AB 12/3") == "https://www.royalmail.com/track-your-item#/tracking-results/AB12%2F3"
    )
    assert tracking_url("A cousin", "1") == tracking_url("UPS", " ") == ""


def test_a_shelf_is_walked_in_the_order_of_its_numbers() -> None:
    places = ["", "B-1", "A-10", "A-2"]
    assert sorted(places, key=shelf_order) == ["A-2", "A-10", "B-1", ""]
