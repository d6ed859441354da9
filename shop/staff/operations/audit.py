"""The audit log: written in the same transaction as what it tells of."""

from __future__ import annotations

import json
from contextvars import ContextVar

from sqlalchemy import Update, insert, update

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import insert_once, session
from shop.staff.models import AuditEntry, AuditHead
from shop.staff.rules.audit import GENESIS, canonical, entry_hash

_origin: ContextVar[str | None] = ContextVar("origin", default=None)


def acting_from(origin: str | None) -> None:
    """From where whatever this request records is done; None when it is over. A network and a browser, no address."""
    _origin.set(origin[:120] if origin else None)


def record(*, actor: str, action: str, subject: str, details: Json) -> None:
    """Append to the chain that `actor` (a member's name, or "command line") did `action` to `subject`.

    `details` holds JSON values only, and never a secret: it can not be removed again.
    """
    position, previous_hash = _next()
    entry = {
        "position": position,
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": json.loads(canonical(details)),
        "origin": _origin.get(),
        "happened_at": clock.now(),
        "previous_hash": previous_hash,
    }
    digest = entry_hash(**entry)
    session().execute(insert(AuditEntry).values(**entry, hash=digest))
    session().execute(_head().values(hash=digest))


def _next() -> tuple[int, str]:
    """The next position and the hash before it; whoever asks holds the head's row until the transaction ends."""
    step = _head().values(position=AuditHead.position + 1).returning(AuditHead.position, AuditHead.hash)
    row = session().execute(step).one_or_none()
    if row is None:
        insert_once(AuditHead, {"id": 1, "position": 0, "hash": GENESIS})
        row = session().execute(step).one()
    return row.position, row.hash


def _head() -> Update:
    return update(AuditHead).where(AuditHead.id == 1).execution_options(synchronize_session=False)
