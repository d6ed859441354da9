"""Writes of the library. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.core.editions import next_edition
from shop.core.errors import Conflict, Invalid
from shop.media.models import LibraryPhotograph, PartnerLogo, ProductPhotograph
from shop.media.photos.queries import kept_photograph, with_digest
from shop.media.photos.rules import MIDDLE, About, check, check_focus

MOST_OF_A_PRODUCT = 8


class InUse(Conflict):
    """It is shown somewhere; it stays until it is taken out there."""

    def __init__(self) -> None:
        super().__init__("This picture is in use. Take it out wherever it is shown, then remove it.")


def add(*, digest: str, width: int, height: int, about: About, actor: str) -> int:
    """A new picture; its id. Raises Invalid, and Conflict where this very picture is there already."""
    check(about)
    row = {"digest": digest, "width": width, "height": height, "focus_x": MIDDLE, "focus_y": MIDDLE}
    said = {"alt": about.alt, "credit": about.credit, "permission": about.permission}
    more = {"revision": 1, "added_by": actor, "added_at": clock.now()}
    if not insert_once(LibraryPhotograph, row | said | more):
        raise Conflict("This very picture is in the library already.", field="file")
    next_edition()
    return with_digest(digest) or 0


def say(photograph_id: int, about: About, *, seen: int) -> None:
    """Other words in place of revision `seen`. Raises Invalid, and Conflict when somebody was faster."""
    check(about)
    if not about.permission and _is_logo(photograph_id):
        raise Invalid("It is a partner’s logo: note who allowed its use, and when.", field="permission")
    there = update(LibraryPhotograph).where(LibraryPhotograph.id == photograph_id, LibraryPhotograph.revision == seen)
    said = {"alt": about.alt, "credit": about.credit, "permission": about.permission, "revision": seen + 1}
    if rows_changed(session().execute(there.values(**said))) != 1:
        raise Conflict("Somebody else changed this picture meanwhile. Yours is still here: compare, and save again.")
    next_edition()


def focus(photograph_id: int, *, x: int, y: int) -> None:
    """Which point stays in sight. Raises Invalid."""
    check_focus(x, y)
    row = update(LibraryPhotograph).where(LibraryPhotograph.id == photograph_id)
    session().execute(row.values(focus_x=x, focus_y=y))
    next_edition()


def remove(photograph_id: int) -> None:
    """Take it out of the library. Raises InUse: its uses hold it by foreign keys too."""
    products = select(ProductPhotograph.product_id).where(ProductPhotograph.photograph_id == photograph_id)
    if _is_logo(photograph_id) or session().execute(products.limit(1)).first():
        raise InUse
    try:
        session().execute(delete(LibraryPhotograph).where(LibraryPhotograph.id == photograph_id))
    except IntegrityError as error:  # somebody put it on a product a moment ago
        raise InUse from error
    next_edition()


def put_on_product(photograph_id: int, product_id: int) -> None:
    """Into a product's gallery, after those that are there. Raises NotFound, Invalid."""
    kept_photograph(photograph_id)
    there = select(func.count(), func.max(ProductPhotograph.position)).where(ProductPhotograph.product_id == product_id)
    count, last = session().execute(there).one()
    if count >= MOST_OF_A_PRODUCT:
        raise Invalid(f"A product has {MOST_OF_A_PRODUCT} photographs at most.", field="photograph")
    place = {"product_id": product_id, "photograph_id": photograph_id, "position": (last or 0) + 1}
    if not insert_once(ProductPhotograph, place):
        raise Conflict("This picture is in the gallery already.", field="photograph")
    next_edition()


def take_off_product(photograph_id: int, product_id: int) -> bool:
    """Out of a product's gallery; False where it was not in it."""
    row = delete(ProductPhotograph).where(
        ProductPhotograph.product_id == product_id, ProductPhotograph.photograph_id == photograph_id
    )
    done = rows_changed(session().execute(row)) == 1
    next_edition()
    return done


def put_first(photograph_id: int, product_id: int) -> None:
    """Before all other photographs of the product."""
    of = ProductPhotograph.product_id == product_id
    least = session().execute(select(func.min(ProductPhotograph.position)).where(of)).scalar_one() or 0
    row = update(ProductPhotograph).where(of, ProductPhotograph.photograph_id == photograph_id)
    session().execute(row.values(position=least - 1))
    next_edition()


def set_logo(partner_id: int, photograph_id: int | None) -> None:
    """A partner's logo, or none. Raises NotFound, and Invalid for a picture without a noted permission."""
    if photograph_id is not None and not kept_photograph(photograph_id).about.permission:
        raise Invalid("Note on the picture who allowed its use, and when. Then choose it.", field="logo")
    session().execute(delete(PartnerLogo).where(PartnerLogo.partner_id == partner_id))
    if photograph_id is not None:
        session().add(PartnerLogo(partner_id=partner_id, photograph_id=photograph_id))
        session().flush()
    next_edition()


def _is_logo(photograph_id: int) -> bool:
    logos = select(PartnerLogo.partner_id).where(PartnerLogo.photograph_id == photograph_id)
    return session().execute(logos.limit(1)).first() is not None
