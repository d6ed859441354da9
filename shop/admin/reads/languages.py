"""How far the store speaks a language: the interface by its catalogue, content by what has English and no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import url_for
from msgspec import Struct
from sqlalchemy import func, select

from shop.admin.reads.wordings import MODELS
from shop.campaigns.models import Page
from shop.campaigns.queries.pages import PAGE
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.database import session
from shop.core.formats import date_text, moment_text, money_short, money_text, number_text
from shop.core.languages import Language, _, speaking
from shop.core.money import Money
from shop.core.phrases import WHOLE
from shop.core.wordings import SaidThings
from shop.frame.queries import menus
from shop.journeys.keep_phrases import SHELVES, phrases_of
from shop.journeys.keep_wordings import FIELDS
from shop.media.models import LibraryPhotograph
from shop.media.photos.queries import PHOTOGRAPH

CATALOGUES = Path(__file__).parents[3] / "translations"
LABELS = {
    "product": "Products",
    "partner": "Partners",
    "campaign": "Stories",
    "news": "News under stories",
    "film": "Films",
    "brand": "The store’s own words",
}
NAMED = 12  # of each kind; more would be a list to read, and the first ones are what to do next


class Share(Struct, frozen=True):
    """How many of a kind are wholly said; `lacking` are some that are not, with where to say them."""

    label: str
    said: int
    whole: int
    lacking: tuple[tuple[str, str], ...] = ()

    @property
    def percent(self) -> int:
        """Rounded down: all is only all."""
        return self.said * 100 // self.whole if self.whole else 100


class Content:
    """All English there is and all that is said of it, read in the same few statements for any number of languages."""

    def __init__(self) -> None:
        self.said = SaidThings()
        self.things = {kind: _english(kind) for kind in MODELS}
        self.pages = (
            session().execute(select(Page.id, Page.title, Page.revision).order_by(Page.position, Page.id)).all()
        )
        pictures = select(LibraryPhotograph.id, LibraryPhotograph.alt).order_by(LibraryPhotograph.id)
        self.photographs = session().execute(pictures).all()
        self.phrases = phrases_of(SHELVES)


def shares(content: Content, language: Language) -> list[Share]:
    """The interface first, then content, each with what lacks words."""
    return [
        interface(language.code),
        *(_things(content, kind, language.code) for kind in MODELS),
        _pages(content, language.code),
        _photographs(content, language.code),
        _menus(language.code),
        *(_shelf(content, name, language.code) for name in SHELVES),
    ]


def examples(language: Language, currency: str) -> tuple[tuple[str, str], ...]:
    """How a language writes prices, numbers and days."""
    with speaking(language):
        return (
            ("Price", money_text(Money(123_450, currency))),
            ("Whole price", money_short(Money(2_500, currency))),
            ("Number", number_text(1_234_567)),
            ("Day", date_text(clock.now().date())),
            ("Moment", moment_text(clock.now())),
            ("A sentence", _("From %(price)s", price=money_text(Money(2_500, currency)))),
        )


def interface(code: str) -> Share:
    """Messages of the store's own pages and letters."""
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    said, whole = _counted(path, path.stat().st_mtime_ns) if path.exists() else (0, 0)
    return Share("Interface and letters", said, whole)


@lru_cache(maxsize=8)
def _counted(path: Path, _changed: int) -> tuple[int, int]:
    from babel.messages.pofile import read_po  # needed by this page alone

    with path.open("rb") as file:
        messages = [one for one in read_po(file) if one.id]
    return sum(1 for one in messages if _whole(one.string)), len(messages)


def _whole(said: str | Sequence[str] | None) -> bool:
    """A message, or each of its plural forms."""
    return bool(said) if said is None or isinstance(said, str) else all(said)


def _english(kind: str) -> Sequence[Any]:
    """Id, name, and of each field whether it says anything; what is no longer sold counts no more."""
    model, name = MODELS[kind]
    there = [func.coalesce(func.length(getattr(model, field)), 0) > 0 for field in _fields(kind)]
    wanted = select(model.id, getattr(model, name), *there).order_by(model.id)
    if model is Product:
        wanted = wanted.where(Product.status != "retired")
    return session().execute(wanted).all()


def _things(content: Content, kind: str, code: str) -> Share:
    """Those are wholly said whose every English text has words."""
    fields, told = _fields(kind), content.said.of(kind, code)
    rows = content.things[kind]
    lacking = [
        (str(row[1]), url_for("admin.thing_wording", kind=kind, subject=row[0], code=code))
        for row in rows
        if _lacks(fields, row[2:], told.get(row[0], ({}, 0))[0])
    ]
    return _share(LABELS[kind], len(rows), lacking)


def _fields(kind: str) -> list[str]:
    """Those whose English stands in the row."""
    return [field.name for field in FIELDS[kind] if not field.beside]


def _lacks(fields: Sequence[str], there: Sequence[Any], said: Any) -> bool:
    return any(english and field not in said for field, english in zip(fields, there, strict=True))


def _pages(content: Content, code: str) -> Share:
    """A page whose English changed since is to be said anew."""
    told = content.said.of(PAGE, code)
    lacking = [
        (title, url_for("admin.page_wording", page_id=page_id, code=code))
        for page_id, title, revision in content.pages
        if told.get(page_id, ({}, 0))[1] < revision
    ]
    return _share("Pages", len(content.pages), lacking)


def _photographs(content: Content, code: str) -> Share:
    told = content.said.of(PHOTOGRAPH, code)
    lacking = [
        (alt, url_for("admin.one_media", photograph_id=key))
        for key, alt in content.photographs
        if not told.get(key, ({}, 0))[0]
    ]
    return _share("Words of photographs", len(content.photographs), lacking)


def _menus(code: str) -> Share:
    """Links that staff set; the store's own menus are part of the interface."""
    links = [link for menu in menus() for link in menu or ()]
    lacking = [(link.label.in_("en"), url_for("admin.menu_list")) for link in links if not link.label.in_(code)]
    return _share("Menus", len(links), lacking)


def _shelf(content: Content, name: str, code: str) -> Share:
    english, said = content.phrases[name], content.said.of(name, code).get(WHOLE, ({}, 0))[0]
    left = sum(1 for text in english if text not in said)
    url = url_for("admin.shelf_phrases", shelf=name, code=code, missing=1)
    lacking = ((f"{left} to be said", url),) if left else ()
    return Share(SHELVES[name].label, len(english) - left, len(english), lacking)


def _share(label: str, whole: int, lacking: Iterable[tuple[str, str]]) -> Share:
    found = tuple(lacking)
    return Share(label, whole - len(found), whole, found[:NAMED])
