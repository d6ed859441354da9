"""Short words (colours, sizes, delivery, funds ...) in another language, shelf by shelf, beside their English."""

from __future__ import annotations

from hashlib import sha256

from flask import flash, request, url_for
from msgspec import Struct

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import page_number, whole_number
from shop.admin.routes import Answer, asks, see_other
from shop.core.database import end_read
from shop.core.errors import Invalid, NotFound, ShopError
from shop.core.languages import ENGLISH, KNOWN, Language
from shop.core.phrases import WHOLE
from shop.core.wordings import KeptWording, kept_wording
from shop.journeys.keep_phrases import SHELVES, phrases_in_use, say_phrases
from shop.staff.rules.permissions import Permission

PAGE = 150
NO_PROBLEM = Invalid("")


class Row(Struct, frozen=True):
    """A phrase with the field it is typed in, what was typed or is kept, and what it says now."""

    name: str
    english: str
    typed: str
    now: str

    @property
    def lines(self) -> int:
        """How many lines its words may take."""
        return 1 + len(self.english) // 60


@asks("/phrases/<slug:shelf>/<slug:code>", needs=Permission.KEEP_PAGES)
def shelf_phrases(shelf: str, code: str) -> Answer:
    """A shelf in one language; `?missing=1` leaves out what is said. Who is slower sees both and loses nothing."""
    language = KNOWN.get(code)
    if shelf not in SHELVES or language is None or language == ENGLISH:
        raise NotFound("There is nothing of that kind to put into that language.")
    said, english = kept_wording(shelf, WHOLE, code), phrases_in_use(shelf)
    end_read()
    if request.method == "GET" or not pressed():
        return _shown(shelf, language, said, english)
    typed = {one: request.form[name] for one in english if (name := _field(one)) in request.form}
    try:
        say_phrases(shelf, code, typed, seen=whole_number(request.form.get("seen")), actor=current().name)
    except ShopError as problem:
        return _shown(shelf, language, said, english, typed, problem)
    flash("Kept. Readers see it within seconds.", "success")
    return see_other(url_for("admin.shelf_phrases", shelf=shelf, code=code))


def _shown(
    shelf: str,
    language: Language,
    said: KeptWording,
    english: list[str],
    typed: dict[str, str] | None = None,
    problem: ShopError = NO_PROBLEM,
) -> Answer:
    kept, only_missing = said.texts, "missing" in request.args
    listed = list(typed) if typed is not None else [one for one in english if not (only_missing and one in kept)]
    first = 0 if typed is not None else (page_number() - 1) * PAGE
    last = len(listed) if typed is not None else first + PAGE
    return page(
        "admin/pages/phrases.html",
        status=problem.kind.value if problem.message else 200,
        shelf=SHELVES[shelf],
        name=shelf,
        language=language,
        said=said,
        rows=[_row(one, kept.get(one, ""), typed) for one in listed[first:last]],
        left=sum(1 for one in english if one not in kept),
        whole=len(english),
        only_missing=only_missing,
        following=page_number() + 1 if last < len(listed) else 0,
        problem=problem,
        conflict=problem.kind.value == 409,
    )


def _row(english: str, now: str, typed: dict[str, str] | None) -> Row:
    return Row(_field(english), english, now if typed is None else typed.get(english, ""), now)


def _field(english: str) -> str:
    """A name that any English can have in a form."""
    return f"p{sha256(english.encode()).hexdigest()[:16]}"
