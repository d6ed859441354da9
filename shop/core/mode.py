"""Whether the store takes real money yet. Until it does, what is paid in Stripe's test mode is all there is to show;
from then on it counts nowhere.

The mode of an order is its Stripe key's: a live key reads and makes live objects only, a test key test ones
(https://docs.stripe.com/keys#test-live-modes), so an order cannot be paid in another mode than it was placed in.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ColumnElement, Executable, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from shop.core import clock
from shop.core.columns import Key, Stamp
from shop.core.database import Base, insert_once, table
from shop.core.editions import kept_until_changed, next_edition
from shop.core.prepared import prepared


class StoreMode(Base):
    """One row from the moment on at which a live key was first used; none before."""

    __tablename__ = "store_mode"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key] = mapped_column(autoincrement=False)
    live_since: Mapped[Stamp]


IS_LIVE: ColumnElement[bool] = exists(select(table(StoreMode).c.id))


def is_live() -> bool:
    """Whether a live key was ever used here."""
    return _mode().one_or_none() is not None


@kept_until_changed
def shown_live() -> bool:
    """The same for pages, from memory: at most seconds behind."""
    return is_live()


def go_live() -> bool:
    """In the open transaction: from now on test payments count nowhere; False when that was so."""
    if is_live():
        return False
    began = insert_once(StoreMode, {"id": 1, "live_since": clock.now()})
    if began:
        next_edition()
    return began


def counted(live: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[bool]:
    """A condition for sums, over a column that says whether a row is live: live ones, or all while there are none."""
    return or_(live, ~IS_LIVE)


@prepared
def _mode() -> Executable:
    return select(table(StoreMode).c.live_since)
