"""What staff add to letters: an opening and a closing by kind and language, beside the letter that they stand in."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from shop.admin.access import current
from shop.admin.answers import page, pressed, services
from shop.admin.asked import whole_number
from shop.admin.letters import AS_MAIL
from shop.admin.routes import Answer, asks, see_other, shows
from shop.admin.story_forms import lines
from shop.core.database import end_read
from shop.core.errors import Invalid, NotFound, ShopError
from shop.core.languages import KNOWN, Language
from shop.journeys.keep_letter_words import keep_letter_words, send_sample
from shop.journeys.sample_letters import sample_letter
from shop.mail.added import KINDS, NOTHING, Added, check_added
from shop.mail.queries import all_added, kept_added
from shop.staff.rules.permissions import Permission

NO_PROBLEM = Invalid("")


@shows("/letters/words", needs=Permission.KEEP_PAGES)
def letter_words_list() -> Answer:
    """Every kind in every language, and who added words where somebody did."""
    return page("admin/letter_words_list.html", kinds=KINDS, languages=list(KNOWN.values()), added=all_added())


@asks("/letters/words/<code:name>/<slug:code>", needs=Permission.KEEP_PAGES)
def letter_words(name: str, code: str) -> Answer:
    """One kind in one language: look at it, keep it, or have it sent to oneself."""
    kind, language = _named(name, code)
    if request.method == "GET" or not pressed():
        return _shown(kind, language, kept_added(kind, code).added)
    typed, press = _typed(), request.form.get("do", "")
    try:
        check_added(kind, typed)
        if press == "look":
            return _shown(kind, language, typed)
        if press == "send":
            return _sent(kind, language, typed)
        keep_letter_words(kind, language, typed, seen=_seen(), actor=current().name)
    except ShopError as problem:
        return _shown(kind, language, typed, problem)
    flash("Kept. Letters that are written from now on have it.", "success")
    return see_other(url_for("admin.letter_words", name=name, code=code))


@shows("/letters/words/<code:name>/<slug:code>/as-mail", needs=Permission.KEEP_PAGES)
def letter_words_as_mail(name: str, code: str) -> Answer:
    """With the words that are kept, as it looks in a program for mail."""
    kind, language = _named(name, code)
    html = sample_letter(kind, language, kept_added(kind, code).added, services())[2]
    answer = Response(html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = AS_MAIL
    return answer


def _sent(kind: str, language: Language, typed: Added) -> Answer:
    me = current()
    send_sample(kind, language, typed, email=me.email, actor=me.name, services=services())
    flash(f"A letter to {me.email} is on its way, with the words as they stand here. They are not kept yet.", "success")
    return _shown(kind, language, typed)


def _shown(kind: str, language: Language, typed: Added, problem: ShopError = NO_PROBLEM) -> Answer:
    end_read()
    kept = kept_added(kind, language.code)
    subject, text, _html = sample_letter(kind, language, NOTHING if problem.field else typed, services())
    return page(
        "admin/letter_words.html",
        status=problem.kind.value if problem.message else 200,
        name=kind.replace("_", "-"),
        title=KINDS[kind],
        language=language,
        kept=kept,
        typed=typed,
        sample={"subject": subject, "text": text},
        problem=problem,
        conflict=problem.kind.value == 409,
    )


def _named(name: str, code: str) -> tuple[str, Language]:
    kind, language = name.replace("-", "_"), KNOWN.get(code)
    if kind not in KINDS or language is None:
        raise NotFound("There are no letters of that kind in that language.")
    return kind, language


def _typed() -> Added:
    if request.form.get("do") == "reset":
        return NOTHING
    return Added(lines(request.form.get("opening")), lines(request.form.get("closing")))


def _seen() -> int:
    return whole_number(request.form.get("seen"))
