"""The audit log: a chain that shows every change, cut and splice."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update

from shop.core.append_only import AppendOnly
from shop.core.database import WriteOutsideTransaction, session, transaction
from shop.staff import queries
from shop.staff.models import AuditEntry, AuditHead
from shop.staff.operations import record
from shop.staff.operations.audit import acting_from
from tests.support.audit_log import recent_audit
from tests.support.held_clock import HeldClock

breaks = pytest.mark.breaks_invariants("the audit chain, to see that it shows")


def _written(many: int = 5) -> None:
    for number in range(many):
        with transaction():
            record(actor="Ada", action="stock.counted", subject=f"variant {number}", details={"counted": number})


def test_entries_stand_in_a_row_and_the_chain_is_whole(app: Flask) -> None:
    assert queries.verify_chain() == []
    _written()
    assert [entry.position for entry in recent_audit(limit=10)] == [5, 4, 3, 2, 1]
    assert queries.verify_chain() == []


def test_several_entries_of_one_transaction_follow_each_other(app: Flask) -> None:
    with transaction():
        for number in range(3):
            record(actor="Ada", action="stock.counted", subject=f"variant {number}", details={})
    assert queries.verify_chain() == []


def test_details_come_back_as_they_were_hashed(app: Flask, held_clock: HeldClock) -> None:
    told = {"ä": "“quoted” \u2028 \\ /", "list": [1, None, True], "deep": {"b": 1, "a": -2}, "big": 10**15}
    with transaction():
        record(actor="Zoë", action="x", subject="y", details=told)
    assert recent_audit(limit=1)[0].details == told
    assert queries.verify_chain() == []


def test_what_is_rolled_back_leaves_no_gap(app: Flask) -> None:
    _written(2)
    with pytest.raises(RuntimeError), transaction():
        record(actor="Ada", action="x", subject="y", details={})
        raise RuntimeError
    _written(2)
    assert queries.verify_chain() == []
    assert recent_audit(limit=1)[0].position == 4


def test_nothing_is_recorded_outside_a_transaction(app: Flask) -> None:
    with pytest.raises(WriteOutsideTransaction):
        record(actor="Ada", action="x", subject="y", details={})
    session().rollback()


def test_entries_refuse_to_be_changed_through_their_objects(app: Flask) -> None:
    _written(1)
    with pytest.raises(AppendOnly), transaction() as current:
        entry = current.scalars(select(AuditEntry)).one()
        entry.actor = "Eve"


TAMPERINGS = {
    "an actor is changed": (update(AuditEntry).where(AuditEntry.position == 3).values(actor="Eve"), "entry 3 is not"),
    "details are changed": (update(AuditEntry).where(AuditEntry.position == 3).values(details={}), "entry 3 is not"),
    "an entry is removed": (delete(AuditEntry).where(AuditEntry.position == 3), "entry 3 is missing"),
    "the last is removed": (delete(AuditEntry).where(AuditEntry.position == 5), "The end"),
    "all are removed": (delete(AuditEntry), "The end"),
    "a hash is made to fit": (
        update(AuditEntry).where(AuditEntry.position == 3).values(actor="Eve", hash="0" * 64),
        "entry 4 does not follow",
    ),
    "the head is turned back": (update(AuditHead).values(position=4), "The end"),
}


@breaks
@pytest.mark.parametrize("origin", ["203.0.113.0/24, Firefox on Linux", None], ids=["another place", "no place"])
def test_tampering_with_where_it_came_from_shows(app: Flask, origin: str | None) -> None:
    acting_from("198.51.100.0/24, Firefox on Linux")
    _written()
    acting_from(None)
    with transaction() as current:
        _without_triggers()
        moved = update(AuditEntry).where(AuditEntry.position == 3).values(origin=origin)
        current.execute(moved.execution_options(synchronize_session=False))
    assert queries.verify_chain() == ["Audit entry 3 is not what was written."]


@breaks
@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_shows(app: Flask, name: str) -> None:
    _written()
    statement, told = TAMPERINGS[name]
    with transaction() as current:
        _without_triggers()
        current.execute(statement.execution_options(synchronize_session=False))
    assert any(told in finding for finding in queries.verify_chain())


def _without_triggers() -> None:
    """As somebody could who has the database in their hands."""
    current = session()
    if current.get_bind().dialect.name == "postgresql":
        current.execute(text("SET LOCAL session_replication_role = replica"))
        return
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'"
    for name in current.execute(text(triggers)).scalars().all():
        current.execute(text(f"DROP TRIGGER {name}"))
