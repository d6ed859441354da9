"""Writes of the brand. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from shop.brand.models import Brand
from shop.brand.queries import forget
from shop.brand.rules import BrandView, check
from shop.core.columns import Json
from shop.core.database import insert_once, session

ONE = 1


def found(brand: BrandView) -> bool:
    """Write the brand of an empty store; False, and nothing changed, where there is one. Raises Invalid.

    Two that found at once wait for each other here, and one of them is told False.
    """
    check(brand)
    founded = insert_once(Brand, _values(brand) | {"id": ONE})
    _forget_when_done()
    return founded


def set_brand(brand: BrandView) -> None:
    """Write the brand, in place of the one before if there is one; raises Invalid."""
    if not found(brand):
        session().execute(update(Brand).where(Brand.id == ONE).values(**_values(brand)))


def lock() -> None:
    """Keep everybody else who asks for this lock waiting until the transaction ends."""
    session().execute(select(Brand.id).where(Brand.id == ONE).with_for_update())


def _values(brand: BrandView) -> Json:
    plain = ("slug", "name", "tagline", "introduction", "operator", "registration", "contact_email", "currency")
    return {name: getattr(brand, name) for name in (*plain, "demo", "demo_notice", "time_zone")} | {
        "gift_presets": [preset.minor for preset in brand.gift_presets],
        "gift_minimum_minor": brand.gift_minimum.minor,
        "gift_maximum_minor": brand.gift_maximum.minor,
        "round_up_steps": [step.minor for step in brand.round_up_steps],
    }


def _forget_when_done() -> None:
    """Now, for reads within the transaction, and at its end, whichever it is: what it read may be taken back."""
    forget()
    pending = {"forget"}

    def ended(_session: Session) -> None:
        if pending:
            pending.clear()
            forget()

    for ending in ("after_commit", "after_rollback"):
        event.listen(session(), ending, ended, once=True)
