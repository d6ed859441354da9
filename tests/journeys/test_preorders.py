"""Pre-orders from the door that opens them to the parcel: places, days, what comes, and what comes too late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from shop.admin.reads.board import board
from shop.core.database import end_read, session, transaction
from shop.core.errors import Conflict, Invalid
from shop.journeys.await_stock import keep_waiting
from shop.journeys.cancel_order import cancel_order
from shop.journeys.change_stock import change_stock_cells, move_units
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.keep_orders import swap_size
from shop.journeys.keep_preorders import close_preorder, open_preorder
from shop.journeys.keep_stock import receive_stock
from shop.journeys.quote import quote
from shop.journeys.refund_order import give_part_back
from shop.journeys.refund_plan import Wish
from shop.journeys.start_checkout import CartProblem
from shop.mail.models import Letter
from shop.orders.queries import events_of, lines_of
from shop.returns.queries import delay_of
from shop.stock.awaiting import awaited_by
from shop.stock.cells import Edit
from shop.stock.models import StockLevel
from shop.stock.operations import OutOfStock
from shop.stock.operations.reservations import hold
from shop.stock.preorders import CapBelowTaken, Preorder, preorders_of
from shop.stock.rules import Beyond
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, open_shop
from tests.support.held_clock import START, HeldClock
from tests.support.till import Till
from tests.web.counting import statements

TODAY = START.date()
DAY = TODAY + timedelta(days=20)
LATER = DAY + timedelta(days=14)
Opens = Callable[..., None]


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    """One M on the shelf, none of S."""
    return open_shop(stock={"TEE-M": 1, "TEE-L": 9})


@pytest.fixture
def opens(shelf: Shelf) -> Opens:
    """`opens(TEE_M=3)`: so many may be pre-ordered, by `DAY` unless told otherwise."""

    def opening(
        *, ships_by: date = DAY, order_until: date | None = None, reason: str = "A print run", **caps: int
    ) -> None:
        wanted = {shelf.variants[sku.replace("_", "-")]: cap for sku, cap in caps.items()}
        open_preorder(shelf.product_id, wanted, ships_by=ships_by, order_until=order_until, reason=reason, actor="kim")

    return opening


def standing(shelf: Shelf, sku: str = "TEE-M") -> tuple[int, int]:
    """Pre-ordered, of so many places."""
    found = preorders_of([shelf.variants[sku]]).get(shelf.variants[sku], Preorder(0, 0, None, None))
    end_read()
    return found.taken, found.cap


def missing(shopper: Shopper) -> int:
    found = sum(awaited_by([shopper.order_id]).get(shopper.order_id, {}).values())
    end_read()
    return found


def promised(shopper: Shopper) -> list[date | None]:
    found = [line.ships_by for line in lines_of(shopper.order_id)]
    end_read()
    return found


def on_board(name: str) -> list[str]:
    found = [row.order.id for row in board(name=name, search="", page=1, member_id=0).rows]
    end_read()
    return found


def arrives(shelf: Shelf, units: int, sku: str = "TEE-M") -> None:
    receive_stock(variant_id=shelf.variants[sku], quantity=units, reason="Delivery", actor="kim")


def test_from_the_door_to_the_parcel(shelf: Shelf, till: Till, opens: Opens) -> None:
    """The unit on the shelf goes first, the others are promised; what comes is theirs, the first buyer first."""
    opens(TEE_M=3)
    first, second = Shopper(till).buys("TEE-M", 3), Shopper(till).buys("TEE-M", 1)
    assert (promised(first), missing(first), missing(second)) == ([DAY], 2, 1)
    assert standing(shelf) == (3, 3)
    with pytest.raises(CartProblem, match="Sold out"):
        Shopper(till).puts("TEE-M").checks_out()
    assert set(on_board("stock")) == {first.order_id, second.order_id}
    assert "a pre-order that ships by December" in events_of(first.order_id)[0].sentence
    end_read()
    assert till.processor.page_of(first.order_id).request.items[0].note == f"Pre-order: ships by {_said(DAY)}"
    with pytest.raises(Conflict, match="waits for stock"):
        fulfil_order(order_id=first.order_id, actor="robin")
    arrives(shelf, 2)
    assert (missing(first), missing(second), standing(shelf)) == (0, 1, (1, 1))
    arrives(shelf, 5)
    assert (missing(second), standing(shelf)) == (0, (0, 0))
    assert fulfil_order(order_id=first.order_id, actor="robin")
    assert "Pre-order: ships by" in letter_to(first, "order_confirmation")


def letter_to(shopper: Shopper, kind: str) -> str:
    rows = select(Letter.text).where(Letter.order_id == shopper.order_id, Letter.kind == kind)
    found = "\n".join(session().execute(rows).scalars())
    end_read()
    return found


def _said(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def test_what_is_not_to_come_has_no_day(shelf: Shelf, till: Till, opens: Opens) -> None:
    opens(TEE_M=3)
    shopper = Shopper(till).puts("TEE-M").puts("TEE-L", 2)
    shopper.checks_out()
    assert (promised(shopper), standing(shelf)) == ([None, None], (0, 3))


@pytest.mark.parametrize("ends", ["expires", "pays late", "pays too late"])
def test_a_place_that_was_held_comes_back_and_is_taken_again(shelf: Shelf, till: Till, opens: Opens, ends: str) -> None:
    opens(TEE_S=1)
    shopper = Shopper(till).puts("TEE-S").checks_out()
    assert standing(shelf, "TEE-S") == (1, 1)
    page = till.processor.page_of(shopper.order_id)
    till.processor.expire_session(page.id)
    till.catches_up()
    assert (shopper.order.state, standing(shelf, "TEE-S")) == ("cancelled", (0, 1))
    if ends == "expires":
        return
    if ends == "pays too late":
        Shopper(till).buys("TEE-S")
    page.state, page.money = "open", "none"
    shopper.pays().comes_back()
    till.catches_up()
    late = ends == "pays late"
    assert (shopper.order.state, missing(shopper)) == (("paid", 1) if late else ("cancelled", 0))
    assert standing(shelf, "TEE-S") == (1, 1)


def test_what_is_given_back_leaves_its_place(shelf: Shelf, till: Till, opens: Opens) -> None:
    opens(TEE_S=4)
    part, whole = Shopper(till).buys("TEE-S", 2), Shopper(till).buys("TEE-S", 2)
    (line,) = lines_of(part.order_id)
    end_read()
    give_part_back(order_id=part.order_id, wish=Wish(units={line.id: 1}), key="r", reason="No", actor="robin")
    assert (missing(part), standing(shelf, "TEE-S")) == (1, (3, 4))
    assert cancel_order(whole.order.token, gift_back=True)
    assert standing(shelf, "TEE-S") == (1, 4)
    till.works()


def test_another_size_from_the_shelf_has_no_day_and_leaves_its_place(shelf: Shelf, till: Till, opens: Opens) -> None:
    opens(TEE_S=2)
    shopper = Shopper(till).buys("TEE-S")
    (line,) = lines_of(shopper.order_id)
    end_read()
    swap_size(
        order_id=shopper.order_id,
        line_id=line.id,
        variant_id=shelf.variants["TEE-L"],
        seen=line.variant_id,
        settle="waive",
        may_refund=True,
        reason="Asked",
        actor="robin",
    )
    assert (promised(shopper), missing(shopper), standing(shelf, "TEE-S")) == ([None], 0, (0, 2))
    assert fulfil_order(order_id=shopper.order_id, actor="robin")


def test_a_later_day_is_told_to_whoever_was_promised_an_earlier_one_once(
    shelf: Shelf, till: Till, opens: Opens
) -> None:
    opens(TEE_S=9)
    early, paying = Shopper(till).buys("TEE-S"), Shopper(till).puts("TEE-S").checks_out()
    opens(TEE_S=9, ships_by=LATER, reason="The mill is late.")
    till.works()
    paying.pays().comes_back()
    after = Shopper(till).buys("TEE-S")
    till.catches_up()
    told = [delay_of(one.order_id) for one in (early, paying, after)]
    end_read()
    assert [one and one.leaves_by for one in told] == [LATER, LATER, None]
    assert "The mill is late." in letter_to(early, "order_delayed")
    assert "while your payment was on its way" in letter_to(paying, "order_delayed")
    opens(TEE_S=9, ships_by=LATER)
    till.catches_up()
    assert sum(event.kind == "delayed" for event in events_of(early.order_id)) == 1
    end_read()


def test_an_order_is_late_by_the_day_that_was_promised(
    shelf: Shelf, till: Till, opens: Opens, held_clock: HeldClock
) -> None:
    opens(TEE_S=9)
    first, second = Shopper(till).buys("TEE-S"), Shopper(till).buys("TEE-S")
    held_clock.set_to(START + timedelta(days=20))
    assert on_board("late") == []
    held_clock.set_to(START + timedelta(days=21))
    assert set(on_board("late")) == {first.order_id, second.order_id}
    assert all(row.late for row in board(name="stock", search="", page=1, member_id=0).rows)
    end_read()
    opens(TEE_S=9, ships_by=LATER, reason="The mill is late.")
    till.catches_up()
    assert on_board("late") == []
    rows = board(name="stock", search="", page=1, member_id=0).rows
    end_read()
    assert {row.leaves_by for row in rows} == {LATER}


def test_bad_input_is_told_beside_its_field(shelf: Shelf, till: Till, opens: Opens) -> None:
    wrong: dict[str, Callable[[], None]] = {
        "caps": lambda: opens(TEE_S=0),
        "ships_by": lambda: opens(TEE_S=2, ships_by=TODAY),
        "order_until": lambda: opens(TEE_S=2, order_until=LATER),
        "reason": lambda: opens(TEE_S=2, reason=" "),
    }
    for field, act in wrong.items():
        with pytest.raises(Invalid) as told:
            act()
        assert told.value.field == field
    opens(TEE_S=2)
    Shopper(till).buys("TEE-S", 2)
    with pytest.raises(CapBelowTaken, match="2 are pre-ordered already"):
        opens(TEE_S=1)


def test_a_closed_one_takes_no_more_and_keeps_what_it_promised(shelf: Shelf, till: Till, opens: Opens) -> None:
    opens(TEE_S=5, order_until=TODAY)
    bought, waits = Shopper(till).buys("TEE-S"), Shopper(till).puts("TEE-S").checks_out()
    tees = list(shelf.variants.values())
    assert close_preorder(shelf.product_id, tees, reason="Enough", actor="kim")
    assert not close_preorder(shelf.product_id, tees, reason="Enough", actor="kim")
    with pytest.raises(CartProblem):
        Shopper(till).puts("TEE-S").checks_out()
    waits.pays().comes_back()
    assert (missing(bought), missing(waits), standing(shelf, "TEE-S")) == (1, 1, (2, 2))


def test_after_its_last_day_nothing_is_taken(shelf: Shelf, till: Till, opens: Opens, held_clock: HeldClock) -> None:
    opens(TEE_S=5, order_until=TODAY)
    held_clock.forward(days=1)
    with pytest.raises(CartProblem, match="Sold out"):
        Shopper(till).puts("TEE-S").checks_out()


def test_what_comes_while_somebody_pays_is_theirs_a_minute_later(shelf: Shelf, till: Till, opens: Opens) -> None:
    opens(TEE_S=5)
    shopper = Shopper(till).puts("TEE-S", 2).checks_out()
    arrives(shelf, 3, "TEE-S")
    assert standing(shelf, "TEE-S") == (2, 2)
    shopper.pays().comes_back()
    assert keep_waiting() == 1
    assert (missing(shopper), standing(shelf, "TEE-S")) == (0, (0, 0))


def test_whatever_comes_uses_up_places_but_not_what_comes_back(shelf: Shelf, opens: Opens) -> None:
    tee = shelf.variants["TEE-S"]
    opens(TEE_S=9)
    change_stock_cells([Edit(tee, "on_hand", 2)], reason="Booked by hand", actor="kim")
    move_units(code="TEE-S", units=1, what="returned", reason="Came back", actor="kim")
    change_stock_cells([Edit(tee, "safety_stock", 1)], reason="Kept", actor="kim")
    assert standing(shelf, "TEE-S") == (0, 7)


def test_a_cart_is_the_same_until_its_day_changes(shelf: Shelf, till: Till, opens: Opens) -> None:
    """The only place may be its own; pressing again finds the order, and another day makes another."""
    opens(TEE_S=1)
    shopper = Shopper(till).puts("TEE-S").checks_out()
    first = shopper.order_id
    assert shopper.checks_out().order_id == first
    opens(TEE_S=1, ships_by=LATER)
    assert shopper.checks_out().order_id != first
    assert (promised(shopper), standing(shelf, "TEE-S")) == ([LATER], (1, 1))
    assert quote(shopper.cart).ships_by == LATER
    end_read()


@pytest.mark.parametrize("cap", [1, 20])
def test_many_hands_take_exactly_the_places_there_are(app: Flask, shelf: Shelf, opens: Opens, cap: int) -> None:
    opens(TEE_S=cap)
    answers = at_once(app, 30, lambda _: _takes(shelf))
    assert [isinstance(answer, OutOfStock) for answer in answers].count(True) == 30 - cap
    assert standing(shelf, "TEE-S") == (cap, cap)
    _forgotten(shelf, "TEE-S")


def test_without_the_guard_more_are_promised_than_the_cap(
    app: Flask, shelf: Shelf, opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: whoever looks first and writes then would go beyond the cap; only the table's own check is left."""
    opens(TEE_S=1)
    monkeypatch.setattr("shop.stock.operations.reservations._hold_beyond", _held_without_looking)
    answers = at_once(app, 4, lambda _: _takes(shelf))
    assert [type(answer) for answer in answers if answer is not True] == [IntegrityError] * 3
    _forgotten(shelf, "TEE-S")


def _takes(shelf: Shelf) -> bool:
    with transaction():
        hold({shelf.variants["TEE-S"]: 1}, {shelf.variants["TEE-S"]: Beyond(1, DAY)}, today=TODAY)
    return True


def _held_without_looking(variant_id: int, _there: int, more: int, _by: date, _today: date) -> object:
    level = update(StockLevel).where(StockLevel.variant_id == variant_id)
    return session().execute(level.values(preordered=StockLevel.preordered + more))


def _forgotten(shelf: Shelf, sku: str) -> None:
    """Holds of nobody's, which the store's own laws would find."""
    with transaction():
        session().execute(update(StockLevel).where(StockLevel.variant_id == shelf.variants[sku]).values(preordered=0))


def test_a_preorder_costs_as_many_statements_as_any_sale(shelf: Shelf, till: Till, opens: Opens) -> None:
    opens(TEE_S=5)
    Shopper(till).puts("TEE-L").checks_out()
    counted = []
    for sku in ("TEE-L", "TEE-S"):
        shopper = Shopper(till).puts(sku)
        with statements() as placing:
            shopper.checks_out()
        shopper.pays()
        with statements() as settling:
            shopper.comes_back()
        counted.append((len(placing), len(settling)))
    (placing_any, settling_any), (placing_this, settling_this) = counted
    assert placing_this == placing_any
    assert settling_this <= settling_any + 1
