"""Staff bring photographs and logos, say what is on them, and put them where they are seen; each change says who."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import asdict

from shop.campaigns.queries.pictures import stories_with_picture
from shop.campaigns.rules.blocks import blocks_of
from shop.campaigns.rules.blocks import photographs as pictures_of
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.core.languages import ENGLISH
from shop.core.wordings import drop_wordings, every_wording, keep_wording, kept_wording
from shop.media.photos import operations as photos
from shop.media.photos.operations import InUse
from shop.media.photos.queries import PHOTOGRAPH, kept_photograph, logo_of, photographs, photographs_of
from shop.media.photos.rules import About
from shop.media.photos.shelf import PhotoShelf
from shop.media.uploads.received import received_photograph
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences, ended


@again
def bring_photograph(
    shelf: PhotoShelf, data: bytes, about: About, *, others: Mapping[str, str], product_id: int | None, actor: str
) -> int:
    """Take a picture in, made anew from its pixels, and let the worker make its sizes; its id.

    `others` are its words in other languages. Raises Invalid, and Conflict where it is in the library already.
    """
    received = received_photograph(data)
    digest = shelf.keep(received.content)
    with transaction():
        added = photos.add(digest=digest, width=received.width, height=received.height, about=about, actor=actor)
        _say_in_others(added, others, revision=1, actor=actor)
        if product_id is not None:
            photos.put_on_product(added, product_id)
        _audit(actor, "photograph.brought", added, begun({**asdict(about), "digest": digest, "product": product_id}))
    shelf.want_all(digest, received.width)
    return added


@again
def say_of_photograph(photograph_id: int, about: About, *, others: Mapping[str, str], seen: int, actor: str) -> None:
    """Other words. Raises NotFound, Invalid, Conflict."""
    with transaction():
        before = _told(kept_photograph(photograph_id).about, _in_others(photograph_id, others))
        photos.say(photograph_id, about, seen=seen)
        _say_in_others(photograph_id, others, revision=seen + 1, actor=actor)
        told = differences(before, _told(about, _in_others(photograph_id, others)))
        _audit(actor, "photograph.said", photograph_id, told)


@again
def focus_photograph(photograph_id: int, *, x: int, y: int, actor: str) -> None:
    """Which point stays in sight. Raises NotFound, Invalid."""
    with transaction():
        was = kept_photograph(photograph_id).shown
        photos.focus(photograph_id, x=x, y=y)
        told = differences({"x": was.focus_x, "y": was.focus_y}, {"x": x, "y": y})
        _audit(actor, "photograph.focused", photograph_id, told)


@again
def remove_photograph(shelf: PhotoShelf, photograph_id: int, *, actor: str) -> None:
    """Take a picture out of the library and its files off the shelf. Raises NotFound, InUse."""
    with transaction():
        there = kept_photograph(photograph_id)
        if stories_with_picture(there.shown.key):
            raise InUse
        photos.remove(photograph_id)
        drop_wordings(PHOTOGRAPH, photograph_id)
        _audit(actor, "photograph.removed", photograph_id, ended({**asdict(there.about), "digest": there.shown.digest}))
    shelf.remove(there.shown.digest)


@again
def show_on_product(photograph_id: int, product_id: int, *, actor: str) -> None:
    """Into a product's gallery. Raises NotFound, Invalid, Conflict."""
    with transaction():
        photos.put_on_product(photograph_id, product_id)
        _audit(actor, "photograph.shown", photograph_id, begun({"product": product_id}))


@again
def arrange_on_product(photograph_id: int, product_id: int, *, first: bool, actor: str) -> None:
    """To the front of a product's gallery, or out of it."""
    with transaction():
        before = [one.id for one in photographs_of(product_id)]
        if first:
            photos.put_first(photograph_id, product_id)
        else:
            photos.take_off_product(photograph_id, product_id)
        after = [photograph_id, *(one for one in before if one != photograph_id)][not first :]
        told = differences({"gallery": before}, {"gallery": after}) | {"product": product_id}
        _audit(actor, "photograph.first" if first else "photograph.taken_off", photograph_id, told)


@again
def choose_logo(partner_id: int, photograph_id: int | None, *, actor: str) -> None:
    """A partner's logo, or none. Raises NotFound, Invalid."""
    with transaction():
        was = logo_of(partner_id)
        photos.set_logo(partner_id, photograph_id)
        details = differences({"logo": was.id if was else None}, {"logo": photograph_id})
        audit(actor=actor, action="partner.logo", subject=f"partner {partner_id}", details=details)


def check_pictures(body: str) -> None:
    """Raises Invalid for a story that shows a picture which is not in the library."""
    named = pictures_of(blocks_of(body))
    if lost := [str(one) for one in named if one not in photographs(named)]:
        raise Invalid(f"There is no picture photo-{', photo-'.join(lost)} in the library.", field="body")


def _say_in_others(photograph_id: int, others: Mapping[str, str], *, revision: int, actor: str) -> None:
    for code, alt in others.items():
        there = kept_wording(PHOTOGRAPH, photograph_id, code)
        if code != ENGLISH.code and there.texts.get("alt", "") != alt.strip():
            texts = {"alt": alt.strip()}
            keep_wording(PHOTOGRAPH, photograph_id, code, texts, of_revision=revision, seen=there.revision, actor=actor)


def _in_others(photograph_id: int, others: Mapping[str, str]) -> dict[str, str]:
    said = every_wording(PHOTOGRAPH, [photograph_id]).get(photograph_id, {})
    return {code: said.get(code, {}).get("alt", "") for code in others}


def _told(about: About, others: Mapping[str, str]) -> Json:
    return {**asdict(about), **{f"alt ({code})": alt for code, alt in others.items()}}


def _audit(actor: str, action: str, photograph_id: int, details: Json) -> None:
    audit(actor=actor, action=action, subject=f"photograph {photograph_id}", details=details)
