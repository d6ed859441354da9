"""Writes of appeals and signatures. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, delete, insert, select, update

from shop.actions.models import Appeal, Signature
from shop.actions.queries import Shared, appeal_of
from shop.actions.rules import CONFIRM_WITHIN, NETWORK_KEPT_FOR, address_key, check_appeal, domain_of
from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import Conflict
from shop.core.languages import _


def set_appeal(*, campaign_id: int, ask: str, goal: int | None, open: bool) -> int:
    """What a campaign asks for from now on; returns the appeal's id. Raises Invalid."""
    check_appeal(ask, goal)
    values = {"ask": ask, "goal": goal, "open": open}
    before = appeal_of(campaign_id)
    if before is None:
        new = insert(Appeal).values(campaign_id=campaign_id, opened_at=clock.now(), **values)
        return int(session().execute(new.returning(Appeal.id)).scalar_one())
    session().execute(update(Appeal).where(Appeal.id == before.id).values(**values))
    return before.id


def sign(*, appeal_id: int, email: str, network: str) -> tuple[str, str]:
    """Put an address under an appeal, pending; the signature's id and state, whether it is new or was there before.

    Raises Conflict when its owner takes it back at the same moment.
    """
    key = address_key(email)
    insert_once(
        Signature,
        {
            "id": codes.new_id(),
            "appeal_id": appeal_id,
            "email": email,
            "address_key": key,
            "domain": domain_of(email),
            "network": network,
            "token": codes.new_token(),
            "state": "pending",
            "created_at": clock.now(),
        },
    )
    there = select(Signature.id, Signature.state).where(Signature.appeal_id == appeal_id, Signature.address_key == key)
    row = session().execute(there).first()
    if row is None:
        raise Conflict(_("It was taken back just now. Please try again."))
    return row.id, row.state


def confirm(token: str) -> bool:
    """The owner of the mailbox pressed the button; False when there is nothing (any more) to confirm."""
    young = Signature.created_at > clock.now() - CONFIRM_WITHIN
    waiting = update(Signature).where(Signature.token == token, Signature.state == "pending", young)
    return rows_changed(session().execute(waiting.values(state="confirmed", confirmed_at=clock.now()))) == 1


def withdraw(token: str) -> bool:
    """Its owner takes a signature back: nothing of it stays. One that staff made invalid is not theirs to renew."""
    own = delete(Signature).where(Signature.token == token, Signature.state != "invalidated")
    return rows_changed(session().execute(own)) == 1


def invalidate(*, appeal_id: int, shared: Shared, value: str, reason: str) -> int:
    """Count no longer what came from one network or mail domain; returns how many signatures that were."""
    found = update(Signature).where(*_cluster(appeal_id, shared, value), Signature.state != "invalidated")
    return rows_changed(session().execute(found.values(state="invalidated", reason=reason)))


def reinstate(*, appeal_id: int, shared: Shared, value: str) -> int:
    """Take `invalidate` back: each signature is what it was before."""
    found = update(Signature).where(*_cluster(appeal_id, shared, value), Signature.state == "invalidated")
    before = case((Signature.confirmed_at.is_(None), "pending"), else_="confirmed")
    return rows_changed(session().execute(found.values(state=before, reason=None)))


def forget_old() -> int:
    """Remove what nobody confirmed in time, and the networks of older signatures; returns how many were removed."""
    moment = clock.now()
    late = delete(Signature).where(Signature.state == "pending", Signature.created_at <= moment - CONFIRM_WITHIN)
    old = update(Signature).where(Signature.created_at <= moment - NETWORK_KEPT_FOR, Signature.network.is_not(None))
    session().execute(old.values(network=None))
    return rows_changed(session().execute(late))


def erase(email: str) -> int:
    """Everything of an address goes, at its owner's wish; returns how many signatures that were."""
    return rows_changed(session().execute(delete(Signature).where(Signature.address_key == address_key(email))))


def _cluster(appeal_id: int, shared: Shared, value: str) -> tuple[ColumnElement[bool], ...]:
    column = Signature.network if shared == "network" else Signature.domain
    return Signature.appeal_id == appeal_id, column == value
