"""Reads of the library: for pages in the language spoken and kept in memory, for staff as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from shop.core.database import session
from shop.core.editions import kept_until_changed
from shop.core.errors import NotFound
from shop.core.wordings import worded
from shop.media.models import LibraryPhotograph, PartnerLogo, ProductPhotograph
from shop.media.photos.rules import About, Photograph

PHOTOGRAPH = "photograph"  # their kind among the wordings
_SHOWN = tuple(getattr(LibraryPhotograph, name) for name in Photograph.__struct_fields__)


class KeptPhotograph(Struct, frozen=True):
    """A picture as staff change it."""

    shown: Photograph
    about: About
    revision: int
    added_by: str
    added_at: datetime


class Uses(Struct, frozen=True):
    """Where a picture is: ids of products and of partners."""

    products: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()


@kept_until_changed
def photographs_of(product_id: int) -> tuple[Photograph, ...]:
    """A product's photographs in their order."""
    rows = select(*_SHOWN).join(ProductPhotograph, ProductPhotograph.photograph_id == LibraryPhotograph.id)
    ordered = rows.where(ProductPhotograph.product_id == product_id).order_by(
        ProductPhotograph.position, ProductPhotograph.photograph_id
    )
    return _said([Photograph(*row) for row in session().execute(ordered)])


@kept_until_changed
def logo_of(partner_id: int) -> Photograph | None:
    """A partner's logo, if it has one."""
    rows = select(*_SHOWN).join(PartnerLogo, PartnerLogo.photograph_id == LibraryPhotograph.id)
    found = session().execute(rows.where(PartnerLogo.partner_id == partner_id)).one_or_none()
    return _said([Photograph(*found)])[0] if found else None


@kept_until_changed
def photographs(ids: tuple[int, ...]) -> dict[int, Photograph]:
    """By id; those that are not in the library are absent."""
    if not ids:
        return {}
    rows = session().execute(select(*_SHOWN).where(LibraryPhotograph.id.in_(ids)))
    return {one.id: one for one in _said([Photograph(*row) for row in rows])}


def library() -> list[KeptPhotograph]:
    """All of it, the newest first."""
    return _kept(None)


def kept_photograph(photograph_id: int) -> KeptPhotograph:
    """One for staff; raises NotFound."""
    found = _kept(photograph_id)
    if not found:
        raise NotFound("There is no such picture.")
    return found[0]


def with_digest(digest: str) -> int | None:
    """The id of the picture that is this very content."""
    found = select(LibraryPhotograph.id).where(LibraryPhotograph.digest == digest)
    return session().execute(found).scalar_one_or_none()


def uses(photograph_ids: Iterable[int]) -> dict[int, Uses]:
    """Where pictures are, by id; those that are nowhere are absent."""
    ids = list(photograph_ids)
    products: dict[int, list[int]] = {}
    partners: dict[int, list[int]] = {}
    on = select(ProductPhotograph.photograph_id, ProductPhotograph.product_id)
    for one, product_id in session().execute(
        on.where(ProductPhotograph.photograph_id.in_(ids)).order_by(ProductPhotograph.product_id)
    ):
        products.setdefault(one, []).append(product_id)
    of = select(PartnerLogo.photograph_id, PartnerLogo.partner_id)
    for one, partner_id in session().execute(
        of.where(PartnerLogo.photograph_id.in_(ids)).order_by(PartnerLogo.partner_id)
    ):
        partners.setdefault(one, []).append(partner_id)
    return {one: Uses(tuple(products.get(one, ())), tuple(partners.get(one, ()))) for one in {*products, *partners}}


def _said(found: list[Photograph]) -> tuple[Photograph, ...]:
    return tuple(worded(PHOTOGRAPH, found, lambda one: one.id, ("alt",)))


def _kept(photograph_id: int | None) -> list[KeptPhotograph]:
    more = (
        LibraryPhotograph.permission,
        LibraryPhotograph.revision,
        LibraryPhotograph.added_by,
        LibraryPhotograph.added_at,
    )
    wanted = select(*_SHOWN, *more).order_by(LibraryPhotograph.id.desc())
    if photograph_id is not None:
        wanted = wanted.where(LibraryPhotograph.id == photograph_id)
    found = []
    for row in session().execute(wanted):
        shown, (permission, *rest) = Photograph(*row[: len(_SHOWN)]), row[len(_SHOWN) :]
        found.append(KeptPhotograph(shown, About(shown.alt, shown.credit, permission), *rest))
    return found
