"""The second factor: setting it up, using a code once, and switching it off."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Update, delete, insert, or_, select, update

from shop.core import clock
from shop.core.database import rows_changed, session
from shop.core.errors import Conflict, Invalid
from shop.staff.models import Passkey, RecoveryCode, StaffMember
from shop.staff.operations import sign_ins
from shop.staff.queries import has_factor, passkeys_of, recovery_codes_left
from shop.staff.rules.second_factor import (
    RECOVERY_CODES,
    matching_step,
    new_recovery_code,
    new_seed,
    recovery_hash,
)


def prepare(member_id: int) -> None:
    """Draw a seed for a member who has no second factor; it counts for nothing until `switch_on`. Raises Conflict."""
    drawn = _member(member_id, StaffMember.totp_on_at.is_(None)).values(totp_secret=new_seed(), totp_last_step=None)
    if rows_changed(session().execute(drawn)) == 0:
        raise Conflict("The second factor is on already.")


def switch_on(*, member_id: int, code: str, sign_in_id: int) -> list[str]:
    """The app shows the right code: from now on it is asked for, and every other sign-in ends.

    Returns ten recovery codes, which can be read only now; none where the member has some. Raises Invalid for a wrong
    code, Conflict when it is on.
    """
    if not _use_totp(member_id, code):
        raise Invalid("This is not the code that the app should show now. Wait for the next one.", field="code")
    turned = _member(member_id, StaffMember.totp_on_at.is_(None)).values(totp_on_at=clock.now())
    if rows_changed(session().execute(turned)) == 0:
        raise Conflict("The second factor is on already.")
    return begin_counting(member_id=member_id, sign_in_id=sign_in_id)


def begin_counting(*, member_id: int, sign_in_id: int) -> list[str]:
    """A factor was just shown to work: this sign-in is whole, the others end; recovery codes where there were none."""
    sign_ins.prove(sign_in_id)
    sign_ins.end_others(member_id=member_id, but=sign_in_id)
    return [] if recovery_codes_left(member_id) else renew_recovery_codes(member_id)


def switch_off(member_id: int) -> None:
    """Forget the app's seed; and the recovery codes where no passkey is left either."""
    forgotten = _member(member_id).values(totp_secret=None, totp_on_at=None, totp_last_step=None)
    session().execute(forgotten)
    if not passkeys_of(member_id):
        session().execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))


def forget_passkey(passkey_id: int, *, member_id: int) -> bool:
    """Remove a passkey of a member's, and the recovery codes with their last factor; False where there was none."""
    gone = delete(Passkey).where(Passkey.id == passkey_id, Passkey.member_id == member_id)
    found = rows_changed(session().execute(gone)) == 1
    if not has_factor(member_id):
        session().execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))
    return found


def forget_all(member_id: int) -> None:
    """Every factor of a member who lost them; the next sign-in by password sets up another."""
    session().execute(delete(Passkey).where(Passkey.member_id == member_id))
    switch_off(member_id)
    sign_ins.end_all(member_id)


def renew_recovery_codes(member_id: int) -> list[str]:
    """Ten new codes in place of all that were; they can be read only now."""
    session().execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))
    drawn = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    rows = [{"member_id": member_id, "code_hash": recovery_hash(member_id, code)} for code in drawn]
    session().execute(insert(RecoveryCode), rows)
    return drawn


def use_code(*, member_id: int, code: str) -> str | None:
    """Use up a code: "app" or "recovery code" says which kind it was, None that it is wrong or was used before."""
    if _use_totp(member_id, code):
        return "app"
    return "recovery code" if _use_recovery(member_id, code) else None


def _use_totp(member_id: int, code: str) -> bool:
    """Guarded by the last step used: of two who send the same code at once, one is let in."""
    seed = session().execute(select(StaffMember.totp_secret).where(StaffMember.id == member_id)).scalar_one_or_none()
    step = matching_step(seed, code, at=clock.now()) if seed else None
    if step is None:
        return False
    fresh = or_(StaffMember.totp_last_step.is_(None), StaffMember.totp_last_step < step)
    return rows_changed(session().execute(_member(member_id, fresh).values(totp_last_step=step))) == 1


def _use_recovery(member_id: int, code: str) -> bool:
    used = update(RecoveryCode).where(
        RecoveryCode.member_id == member_id,
        RecoveryCode.code_hash == recovery_hash(member_id, code),
        RecoveryCode.used_at.is_(None),
    )
    used = used.values(used_at=clock.now()).execution_options(synchronize_session=False)
    return rows_changed(session().execute(used)) == 1


def _member(member_id: int, *conditions: ColumnElement[bool]) -> Update:
    return (
        update(StaffMember).where(StaffMember.id == member_id, *conditions).execution_options(synchronize_session=False)
    )
