"""Passkeys: kept, and used. Whether an answer is right is decided before, with no transaction open."""

from __future__ import annotations

from sqlalchemy import update

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import Conflict
from shop.staff.models import Passkey
from shop.staff.operations import second_factor
from shop.staff.rules.passkeys import NewKey

MOST = 10  # for one member


def add_passkey(*, member_id: int, key: NewKey, label: str, sign_in_id: int) -> list[str]:
    """Keep a passkey that a browser has just shown to have; this sign-in is whole from now on, the others end.

    Returns ten recovery codes, which can be read only now; none where the member has some. Raises Conflict for one
    that is kept already.
    """
    row = {
        "member_id": member_id,
        "credential_id": key.credential_id,
        "public_key": key.public_key,
        "sign_count": key.sign_count,
        "label": label[:40],
        "added_at": clock.now(),
    }
    if not insert_once(Passkey, row):
        raise Conflict("This passkey is kept already.")
    return second_factor.begin_counting(member_id=member_id, sign_in_id=sign_in_id)


def use_passkey(passkey_id: int, *, seen_count: int, now_count: int) -> bool:
    """Note what its device counts now; False where another answer was noted since `seen_count` was read."""
    used = update(Passkey).where(Passkey.id == passkey_id, Passkey.sign_count == seen_count)
    noted = used.values(sign_count=now_count, used_at=clock.now()).execution_options(synchronize_session=False)
    return rows_changed(session().execute(noted)) == 1
