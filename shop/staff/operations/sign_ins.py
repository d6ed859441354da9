"""Sign-ins: server-side rows that a cookie points at, begun, seen and ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Update, delete, insert, select, update

from shop.core import clock, codes
from shop.core.database import rows_changed, session
from shop.staff.models import SignIn
from shop.staff.rules.sign_ins import SEEN_EVERY, browser_words, token_hash


def begin(*, member_id: int, second_factor: bool, user_agent: str) -> str:
    """A new sign-in; returns the token for its cookie, which is kept nowhere else.

    `second_factor` says that it was proved; where the member has one and it was not, the sign-in is only half way.
    """
    token, moment = codes.new_token(), clock.now()
    session().execute(
        insert(SignIn).values(
            member_id=member_id,
            token_hash=token_hash(token),
            second_factor=second_factor,
            browser=browser_words(user_agent),
            confirmed_at=moment,
            began_at=moment,
            seen_at=moment,
        )
    )
    return token


def see(sign_in_id: int) -> None:
    """It was used just now; kept to the minute."""
    moment = clock.now()
    session().execute(_live(SignIn.id == sign_in_id, SignIn.seen_at <= moment - SEEN_EVERY).values(seen_at=moment))


def end(sign_in_id: int, *, member_id: int) -> bool:
    """End one of the member's sign-ins; False when there is none such, or it had ended."""
    ended = _live(SignIn.id == sign_in_id, SignIn.member_id == member_id).values(ended_at=clock.now())
    return rows_changed(session().execute(ended)) == 1


def end_others(*, member_id: int, but: int) -> int:
    """End all of the member's sign-ins except one; how many there were."""
    ended = _live(SignIn.member_id == member_id, SignIn.id != but).values(ended_at=clock.now())
    return rows_changed(session().execute(ended))


def end_all(member_id: int) -> int:
    """End every sign-in of a member; how many there were."""
    return rows_changed(session().execute(_live(SignIn.member_id == member_id).values(ended_at=clock.now())))


def forget_old(*, before: datetime, most: int) -> int:
    """Sign-ins that began before then go; returns how many."""
    old = select(SignIn.id).where(SignIn.began_at < before).order_by(SignIn.id).limit(most)
    return rows_changed(session().execute(delete(SignIn).where(SignIn.id.in_(old.scalar_subquery()))))


def prove(sign_in_id: int) -> None:
    """This sign-in has shown a second factor."""
    session().execute(_live(SignIn.id == sign_in_id).values(second_factor=True))


def unprove(sign_in_id: int) -> None:
    """The second factor that it has shown counts no more: its owner sets up another before anything else."""
    session().execute(_live(SignIn.id == sign_in_id).values(second_factor=False))


def confirm(sign_in_id: int) -> None:
    """Its owner has just proved to be there."""
    session().execute(_live(SignIn.id == sign_in_id).values(confirmed_at=clock.now()))


def challenge(sign_in_id: int) -> str:
    """Something new for a passkey to sign."""
    drawn = codes.new_token()
    session().execute(_live(SignIn.id == sign_in_id).values(challenge=drawn))
    return drawn


def take_challenge(sign_in_id: int) -> str | None:
    """What the passkey was asked to sign, which counts once; None where nothing was asked, or it was answered."""
    asked = session().execute(select(SignIn.challenge).where(SignIn.id == sign_in_id)).scalar_one_or_none()
    taken = _live(SignIn.id == sign_in_id, SignIn.challenge == asked).values(challenge=None)
    return asked if asked is not None and rows_changed(session().execute(taken)) == 1 else None


def _live(*conditions: ColumnElement[bool]) -> Update:
    return update(SignIn).where(SignIn.ended_at.is_(None), *conditions).execution_options(synchronize_session=False)
