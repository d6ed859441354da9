"""Plain pages: the list, a new one, one in English, one in another language; each shows what it will look like."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.page_forms import PageForm, WordingForm
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.campaigns.queries.pages import PAGE, page_kept, pages_kept
from shop.campaigns.rules.blocks import BadBody, blocks_of
from shop.campaigns.rules.markdown import Prose
from shop.core.database import end_read
from shop.core.errors import NotFound, ShopError
from shop.core.languages import ENGLISH, KNOWN, Language
from shop.core.wordings import ChangedMeanwhile, KeptWording, kept_wording, wordings_of
from shop.journeys.keep_pages import keep_page, keep_page_wording, make_page, remove_page
from shop.staff.rules.permissions import Permission


@shows("/pages", needs=Permission.KEEP_PAGES)
def page_list() -> Answer:
    """In the order of menus, with how far each is put into other languages."""
    return page("admin/pages/list.html", found=pages_kept(), told=wordings_of(PAGE), languages=_others())


@asks("/pages/new", needs=Permission.KEEP_PAGES)
def new_page() -> Answer:
    """One more, shown as soon as it is kept."""
    form = PageForm()
    if request.method == "GET":
        form.position.data = len(pages_kept())
        return _shown(form)
    if not form.validate_on_submit():
        return _shown(form, status=refused(form))
    if "preview" in request.form:
        return _shown(form)
    end_read()
    try:
        page_id = make_page(form.text(), actor=current().name)
    except ShopError as problem:
        return _shown(form, status=refused(form, problem=problem))
    flash("The page is shown now.", "success")
    return see_other(url_for("admin.one_page", page_id=page_id))


@asks("/pages/<row:page_id>", needs=Permission.KEEP_PAGES)
def one_page(page_id: int) -> Answer:
    """Its English."""
    there = page_kept(page_id)
    end_read()
    form = PageForm(obj=there.text)
    if request.method == "GET":
        form.show(there.revision)
        return _shown(form, page_id)
    if not form.validate_on_submit():
        return _shown(form, page_id, status=refused(form))
    if "preview" in request.form:
        return _shown(form, page_id)
    try:
        keep_page(page_id, form.text(), seen=form.seen.data, actor=current().name)
    except ChangedMeanwhile as problem:
        form.show(there.revision)
        theirs = {"title": there.text.title, "summary": there.text.summary, "body": there.text.body}
        return _shown(form, page_id, theirs=theirs, status=refused(form, problem=problem))
    except ShopError as problem:
        return _shown(form, page_id, status=refused(form, problem=problem))
    flash("Kept. Readers see it within seconds.", "success")
    return see_other(url_for("admin.one_page", page_id=page_id))


@asks("/pages/<row:page_id>/<slug:code>", needs=Permission.KEEP_PAGES)
def page_wording(page_id: int, code: str) -> Answer:
    """What it says in another language."""
    language = KNOWN.get(code)
    if language is None or language == ENGLISH:
        raise NotFound("The store does not speak that language.")
    there, said = page_kept(page_id), kept_wording(PAGE, page_id, code)
    end_read()
    form = WordingForm(data=dict(said.texts))
    if request.method == "GET":
        form.show(said.revision)
        return _worded(form, page_id, language, said)
    if not form.validate_on_submit():
        return _worded(form, page_id, language, said, status=refused(form))
    if "preview" in request.form:
        return _worded(form, page_id, language, said)
    try:
        keep_page_wording(there.id, code, form.texts(), seen=form.seen.data, actor=current().name)
    except ChangedMeanwhile as problem:
        form.show(said.revision)
        return _worded(form, page_id, language, said, theirs=dict(said.texts), status=refused(form, problem=problem))
    except ShopError as problem:
        return _worded(form, page_id, language, said, status=refused(form, problem=problem))
    flash("Kept. Readers see it within seconds.", "success")
    return see_other(url_for("admin.page_wording", page_id=page_id, code=code))


@does("/pages/<row:page_id>/remove", needs=Permission.KEEP_PAGES)
def drop_page(page_id: int) -> Answer:
    """Take it away, unless a menu leads to it."""
    if pressed():
        try:
            remove_page(page_id, actor=current().name)
        except ShopError as problem:
            flash(problem.message, "danger")
            return see_other(url_for("admin.one_page", page_id=page_id))
        flash("The page is gone.", "success")
    return see_other(url_for("admin.page_list"))


def _shown(
    form: PageForm, page_id: int | None = None, *, theirs: dict[str, str] | None = None, status: int = 200
) -> Answer:
    return page(
        "admin/pages/edit.html",
        status=status,
        form=form,
        page_id=page_id,
        language=ENGLISH,
        languages=_others(),
        english=None,
        stale=False,
        theirs=theirs,
        preview=_preview(form.body.data),
    )


def _worded(
    form: WordingForm,
    page_id: int,
    language: Language,
    said: KeptWording,
    *,
    theirs: dict[str, str] | None = None,
    status: int = 200,
) -> Answer:
    there = page_kept(page_id)
    return page(
        "admin/pages/edit.html",
        status=status,
        form=form,
        page_id=page_id,
        language=language,
        languages=_others(),
        english=there.text,
        stale=0 < said.of_revision < there.revision,
        theirs=theirs,
        preview=_preview(form.body.data),
    )


def _preview(body: str | None) -> str:
    """Its prose as readers get it; nothing for a text that cannot be read, which the form says beside its field."""
    try:
        return "".join(block.html for block in blocks_of(body or "") if isinstance(block, Prose))
    except BadBody:
        return ""


def _others() -> list[Language]:
    return [one for one in KNOWN.values() if one != ENGLISH]
