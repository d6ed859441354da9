"""Writes of monthly gifts. All assume an open transaction; all are safe to repeat."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, insert, select, update

from shop.core import clock, codes
from shop.core.columns import Json
from shop.core.database import insert_once, rows_changed, session, table
from shop.core.languages import spoken
from shop.monthly.models import MonthlyEvent, MonthlyGift, MonthlyPayment, MonthlyShare
from shop.monthly.rules import Terms, states_before


class NewMonthly(Struct, frozen=True):
    """A form that was sent; `shares` are (fund id, weight) pairs."""

    form_key: str
    fingerprint: str
    terms: Terms
    cover: bool
    origin: str
    thank_publicly: bool
    tell_partner: bool
    campaign_slug: str
    pay_by: datetime
    shares: tuple[tuple[int, int], ...]


def choose(new: NewMonthly) -> str:
    """Write a monthly gift that awaits its first payment; returns its id.

    The database refuses a second open one of the same form (IntegrityError on uq_monthly_gifts_open_form).
    """
    gift_id = codes.new_id()
    apart = ("terms", "shares")
    plain = {name: getattr(new, name) for name in NewMonthly.__struct_fields__ if name not in apart}
    values: Json = plain | {
        "id": gift_id,
        "token": codes.new_token(),
        "state": "awaiting_payment",
        "currency": new.terms.gift.currency,
        "amount_minor": new.terms.gift.minor,
        "fee_cover_minor": new.terms.fee_cover.minor,
        "language": spoken().code,
        "chosen_at": clock.now(),
    }
    session().execute(insert(table(MonthlyGift)), values)
    rows = [{"gift_id": gift_id, "fund_id": fund_id, "weight": weight} for fund_id, weight in new.shares]
    session().execute(insert(table(MonthlyShare)), rows)
    return gift_id


def keep_page(gift_id: str, *, session_id: str, url: str) -> bool:
    """Remember the payment page; False when one is known, or nobody waits for it any more."""
    open_still = MonthlyGift.state == "awaiting_payment"
    return _change(gift_id, open_still & MonthlyGift.session_id.is_(None), session_id=session_id, page_url=url)


def abandon(gift_id: str) -> bool:
    """Nobody paid; False when somebody did after all, or it was given up before."""
    return _change(gift_id, MonthlyGift.state.in_(states_before("abandoned")), state="abandoned")


def run(gift_id: str, state: str, *, subscription_id: str, customer_id: str, email: str | None) -> bool:
    """It runs, as `state` says: active or past_due. False when it does already, or has ended."""
    started = {"started_at": clock.now()}
    known = {"subscription_id": subscription_id, "customer_id": customer_id} | ({"email": email} if email else {})
    fresh = MonthlyGift.state.in_(states_before(state)) & MonthlyGift.started_at.is_(None)
    if _change(gift_id, fresh, state=state, **known, **started):
        return True
    return _change(gift_id, MonthlyGift.state.in_(states_before(state)), state=state, **known)


def mean_to_end(gift_id: str, *, reason: str) -> bool:
    """Remember why it is about to be ended at Stripe; False when it has ended, or that was decided before."""
    return _change(gift_id, (MonthlyGift.state != "ended") & MonthlyGift.end_reason.is_(None), end_reason=reason)


def end(gift_id: str, *, reason: str) -> bool:
    """It has ended for good; False when it had."""
    over = {"state": "ended", "end_reason": reason, "ended_at": clock.now(), "next_on": None, "stops_on": None}
    return _change(gift_id, MonthlyGift.state.in_(states_before("ended")), **over)


def expect(gift_id: str, *, next_on: datetime | None, stops_on: datetime | None) -> None:
    """When Stripe asks the card next, and when it stops by itself."""
    _change(gift_id, MonthlyGift.state != "ended", next_on=next_on, stops_on=stops_on)


def agree(gift_id: str, terms: Terms) -> bool:
    """What each month brings from now on; False when it is so already, or has ended."""
    told = {"amount_minor": terms.gift.minor, "fee_cover_minor": terms.fee_cover.minor}
    other = (MonthlyGift.amount_minor != terms.gift.minor) | (MonthlyGift.fee_cover_minor != terms.fee_cover.minor)
    return _change(gift_id, other & (MonthlyGift.state != "ended"), **told)


def keep_month(*, invoice_id: str, gift_id: str, order_id: str) -> bool:
    """A paid invoice became this order; False when it had become one."""
    row = {"invoice_id": invoice_id, "gift_id": gift_id, "order_id": order_id, "kept_at": clock.now()}
    return insert_once(MonthlyPayment, row)


def note(gift_id: str, kind: str, sentence: str, *, actor: str) -> None:
    """Add a line to the history."""
    said = {"gift_id": gift_id, "kind": kind, "sentence": sentence, "actor": actor, "happened_at": clock.now()}
    session().execute(insert(table(MonthlyEvent)), said)


def _change(gift_id: str, condition: ColumnElement[bool], **values: object) -> bool:
    guarded = update(MonthlyGift).where(MonthlyGift.id == gift_id, condition)
    changed = session().execute(guarded.values(**values).execution_options(synchronize_session=False))
    return rows_changed(changed) == 1


def forget_people(*, before: datetime, most: int) -> int:
    """Monthly gifts that ended before then stay in the books without who gave them; returns how many were changed."""
    over = (MonthlyGift.ended_at < before, MonthlyGift.email.is_not(None))
    ids = list(session().execute(select(MonthlyGift.id).where(*over).order_by(MonthlyGift.id).limit(most)).scalars())
    session().execute(update(MonthlyGift).where(MonthlyGift.id.in_(ids)).values(email=None, customer_id=None))
    return len(ids)
