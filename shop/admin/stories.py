"""Stories: the list, a new one, and the editor with its autosave."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, jsonify, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.reads import stories as read
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.admin.source_forms import CorrectionForm
from shop.admin.story_forms import NewsForm, NewStoryForm, StoryForm, filled, slug_of
from shop.brand.queries import brand
from shop.campaigns.operations import SavedByAnother
from shop.campaigns.queries import editing
from shop.campaigns.rules.content import Content
from shop.campaigns.rules.diff import Change, changes
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.journeys import write_story as journey
from shop.media.rules import artwork_keys
from shop.staff.rules.permissions import Permission

Then = Callable[[StoryForm, int], Answer]


class Clash(Struct, frozen=True):
    """Two texts of which one was saved first."""

    theirs: Content
    saved_by: str
    changes: tuple[Change, ...]


@shows("/campaigns", needs=Permission.SEE_STORIES)
def story_list() -> Answer:
    """Every story, the one that was worked on last first."""
    return page("admin/stories/list.html", stories=editing.in_writing(), two_people=editing.two_people())


@asks("/campaigns/new", needs=Permission.WRITE_STORIES)
def new_story() -> Answer:
    """A title is enough to begin."""
    form = NewStoryForm()
    if request.method == "GET":
        return page("admin/stories/new.html", form=form)
    end_read()
    if not form.validate_on_submit():
        return page("admin/stories/new.html", status=refused(form), form=form)
    slug = slug_of(form.title.data, [one.live_slug for one in editing.in_writing()])
    begun = Content(
        slug=slug, title=form.title.data, standfirst="", summary="", body="", artwork=artwork_keys()[0], sensitive=True
    )
    try:
        campaign_id = journey.begin_story(begun, actor=current().name)
    except ShopError as problem:
        return page("admin/stories/new.html", status=refused(form, problem=problem), form=form)
    return see_other(url_for("admin.edit_story", campaign_id=campaign_id))


@asks("/campaigns/<row:campaign_id>", needs=Permission.WRITE_STORIES)
def edit_story(campaign_id: int) -> Answer:
    """The editor; a press on Save keeps the text and makes a revision of it."""
    if request.method == "GET":
        return editor(campaign_id)
    return saved(campaign_id, said="Saved.")


@does("/campaigns/<row:campaign_id>/autosave", needs=Permission.WRITE_STORIES)
def autosave_story(campaign_id: int) -> Answer:
    """The script's quiet save: JSON with the new version, an address to look at it, and the checks as HTML."""
    desk = read.desk(campaign_id)
    form = StoryForm(desk.choices, brand().currency)
    end_read()
    if not form.validate_on_submit():
        told = next((str(errors[0]) for errors in form.errors.values() if errors), "")
        return _json({"problem": told}, status=422)
    content = form.content()
    try:
        seen = form.version.data
        version = journey.save_story(campaign_id, content, seen=seen, actor=current().name, keep=False)
    except SavedByAnother:
        who = editing.working(campaign_id).saved_by
        return _json({"problem": f"{who} saved first. Press Save to see both texts."}, status=409)
    token = journey.preview_story(campaign_id, actor=current().name)
    checks = render_template("admin/stories/_checks.html", report=read.checked(content))
    return _json({"version": version, "preview": url_for("campaigns.preview", token=token), "checks": checks})


@does("/campaigns/<row:campaign_id>/preview", needs=Permission.WRITE_STORIES)
def preview_story(campaign_id: int) -> Answer:
    """Save quietly and look at it as readers would."""

    def look(_form: StoryForm, _version: int) -> Answer:
        token = journey.preview_story(campaign_id, actor=current().name)
        return see_other(url_for("campaigns.preview", token=token))

    return saved(campaign_id, keep=False, then=look)


@does("/campaigns/rules", needs=Permission.RULE_STORIES)
def rule_stories() -> Answer:
    """Switch whether two people are needed."""
    if pressed():
        wanted = request.form.get("two_people") == "yes"
        journey.let_two_people_look(wanted, actor=current().name)
        flash("Two people are needed now." if wanted else "One person is enough now.", "success")
    return see_other(url_for("admin.story_list"))


def saved(campaign_id: int, *, said: str = "", keep: bool = True, then: Then | None = None) -> Answer:
    """Save what was typed, then go on with its version; or show it again, with what stood in the way."""
    desk = read.desk(campaign_id)
    form = StoryForm(desk.choices, brand().currency)
    end_read()
    if not form.validate_on_submit():
        return editor(campaign_id, form, status=refused(form))
    try:
        version = journey.save_story(
            campaign_id, form.content(), seen=form.version.data, actor=current().name, keep=keep
        )
        form.version.data = version
        if then is not None:
            return then(form, version)
    except SavedByAnother as problem:
        return _clash(campaign_id, form, problem)
    except ShopError as problem:
        return editor(campaign_id, form, status=refused(form, problem=problem))
    flash(said, "success")
    return see_other(url_for("admin.edit_story", campaign_id=campaign_id))


def editor(
    campaign_id: int,
    typed: StoryForm | None = None,
    *,
    status: int = 200,
    clash: Clash | None = None,
    news: NewsForm | None = None,
    correction: CorrectionForm | None = None,
) -> Answer:
    """The editor's page; `typed` is the form that was sent."""
    desk = read.desk(campaign_id)
    working = desk.working
    form = typed or filled(desk.choices, brand().currency, working.content, working.version)
    text = typed.content() if typed is not None and not typed.errors.get("goal") else working.content
    return page(
        "admin/stories/editor.html",
        status=status,
        desk=desk,
        form=form,
        clash=clash,
        report=read.checked(text),
        news=news or NewsForm(formdata=None, prefix="news-"),
        correction=correction or CorrectionForm(formdata=None, prefix="correct-"),
        currency=brand().currency,
    )


def _clash(campaign_id: int, form: StoryForm, problem: SavedByAnother) -> Answer:
    """Both texts; the next press on Save puts the typed one over the other, knowingly."""
    theirs = editing.working(campaign_id)
    found = changes(theirs.content, form.content())
    form.version.data = theirs.version
    form.version.raw_data = None
    return editor(campaign_id, form, status=problem.kind.value, clash=Clash(theirs.content, theirs.saved_by, found))


def _json(told: dict[str, object], *, status: int = 200) -> Response:
    answer = jsonify(told)
    answer.status_code = status
    return answer
