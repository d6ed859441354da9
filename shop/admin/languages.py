"""Which languages the store offers, which one comes first, how each writes figures, and how far each is said."""

from __future__ import annotations

from flask import flash, request, url_for
from msgspec import Struct

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import whole_number
from shop.admin.reads.languages import Content, Share, examples, shares
from shop.admin.routes import Answer, asks, see_other
from shop.admin.settings import CURRENCIES
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.core.languages import ENGLISH, KNOWN, Language
from shop.frame.locales import OWN, Locales, unpacked_locales
from shop.frame.queries import kept_part
from shop.journeys.keep_brand import brand_or_none
from shop.journeys.keep_frame import keep_locales
from shop.staff.rules.permissions import Permission


class Spoken(Struct, frozen=True):
    """A language with how it writes and how far it is said."""

    language: Language
    examples: tuple[tuple[str, str], ...]
    shares: tuple[Share, ...]


@asks("/settings/languages", needs=Permission.SET_UP)
def store_languages() -> Answer:
    """One form; whoever is slower sees what the other chose and loses nothing."""
    kept = kept_part("locales")
    there = unpacked_locales(kept.content) if kept else OWN
    if request.method == "GET":
        return _shown(there)
    end_read()
    typed = _typed()
    if not pressed():
        return _shown(typed, status=400)
    try:
        keep_locales(typed, seen=whole_number(request.form.get("seen")), actor=current().name)
    except ShopError as problem:
        return _shown(typed, problem=problem, status=problem.kind.value)
    flash("Kept. Visitors see it within seconds.", "success")
    return see_other(url_for("admin.store_languages"))


def _typed() -> Locales:
    ticked = set(request.form.getlist("offered"))
    off = {code for code in KNOWN if code != ENGLISH.code and code not in ticked}
    return Locales(frozenset(off), request.form.get("default", "")[:8])


def _shown(choice: Locales, *, problem: ShopError | None = None, status: int = 200) -> Answer:
    kept = kept_part("locales")
    about, content = brand_or_none(), Content()
    currency = about.currency if about else CURRENCIES[0]
    return page(
        "admin/languages.html",
        status=status,
        kept=kept,
        there=unpacked_locales(kept.content) if kept else OWN,
        choice=choice,
        every=[_spoken(content, one, currency) for one in KNOWN.values()],
        problem=problem,
    )


def _spoken(content: Content, language: Language, currency: str) -> Spoken:
    told = () if language == ENGLISH else tuple(shares(content, language))
    return Spoken(language, examples(language, currency), told)
