"""What products, partners, stories and the store itself say in other languages, beside their English."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import whole_number
from shop.admin.reads.wordings import English, english
from shop.admin.routes import Answer, asks, see_other
from shop.admin.story_forms import lines
from shop.core.database import end_read
from shop.core.errors import Invalid, NotFound, ShopError
from shop.core.languages import ENGLISH, KNOWN, Language
from shop.core.wordings import KeptWording, kept_wording
from shop.journeys.keep_wordings import FIELDS, say_in
from shop.staff.rules.permissions import Permission

NO_PROBLEM = Invalid("")


@asks("/words/<slug:kind>/<row:subject>/<slug:code>", needs=Permission.KEEP_PAGES)
def thing_wording(kind: str, subject: int, code: str) -> Answer:
    """One thing in one language; who is slower sees what the other wrote and loses nothing."""
    language = KNOWN.get(code)
    if kind not in FIELDS or language is None or language == ENGLISH:
        raise NotFound("There is nothing of that kind to put into that language.")
    there, said = english(kind, subject), kept_wording(kind, subject, code)
    end_read()
    if request.method == "GET" or not pressed():
        return _shown(there, language, said, dict(said.texts))
    typed = {field.name: lines(request.form.get(field.name)) for field in FIELDS[kind]}
    number = whole_number(request.form.get("seen"))
    try:
        say_in(kind, subject, code, typed, seen=number, actor=current().name)
    except ShopError as problem:
        return _shown(there, language, said, typed, problem)
    flash("Kept. Readers see it within seconds.", "success")
    return see_other(url_for("admin.thing_wording", kind=kind, subject=subject, code=code))


def _shown(
    there: English, language: Language, said: KeptWording, typed: dict[str, str], problem: ShopError = NO_PROBLEM
) -> Answer:
    return page(
        "admin/pages/wording.html",
        status=problem.kind.value if problem.message else 200,
        there=there,
        fields=FIELDS[there.kind],
        language=language,
        said=said,
        typed=typed,
        problem=problem,
        conflict=problem.kind.value == 409,
    )
