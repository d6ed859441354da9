"""Reads of the brand. Every page needs it, so it is kept in this process for a few seconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from shop.brand.models import Brand
from shop.brand.rules import BrandView
from shop.core import clock
from shop.core.database import session
from shop.core.errors import Unavailable
from shop.core.languages import _
from shop.core.money import Money

KEPT_FOR = timedelta(seconds=5)  # how long other processes may show what was changed in one of them

# By the engine itself, not by its URL: two stores in one process (as in tests) may use one address after another.
_kept: WeakKeyDictionary[Engine | Connection, tuple[datetime, BrandView]] = WeakKeyDictionary()


class NotSetUp(Unavailable):
    """The store has no brand yet, or sends nowhere."""

    def __init__(self) -> None:
        super().__init__(_("This store has not been set up yet."))


def brand() -> BrandView:
    """The store's brand; raises NotSetUp while there is none."""
    bind, moment = session().get_bind(), clock.now()
    kept = _kept.get(bind)
    if kept is None or not timedelta() <= moment - kept[0] < KEPT_FOR:
        kept = _kept[bind] = moment, _read()
    return kept[1]


def forget() -> None:
    """Read afresh next time."""
    _kept.pop(session().get_bind(), None)


def _read() -> BrandView:
    row = session().execute(select(Brand)).scalar_one_or_none()
    if row is None:
        raise NotSetUp
    return BrandView(
        slug=row.slug,
        name=row.name,
        tagline=row.tagline,
        introduction=row.introduction,
        operator=row.operator,
        registration=row.registration,
        contact_email=row.contact_email,
        currency=row.currency,
        gift_presets=tuple(Money(minor, row.currency) for minor in row.gift_presets),
        gift_minimum=Money(row.gift_minimum_minor, row.currency),
        gift_maximum=Money(row.gift_maximum_minor, row.currency),
        round_up_steps=tuple(Money(minor, row.currency) for minor in row.round_up_steps),
        demo=row.demo,
        demo_notice=row.demo_notice,
        time_zone=row.time_zone,
    )
