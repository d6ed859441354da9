"""The way of a story: review, publishing, scheduling, withdrawing, archiving; its news, its revisions, its previews."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import whole_number
from shop.admin.routes import Answer, does, see_other, shows
from shop.admin.source_forms import CorrectionForm
from shop.admin.stories import editor, saved
from shop.admin.story_forms import NewsForm, StoryForm
from shop.campaigns.queries import editing
from shop.campaigns.rules.diff import changes
from shop.core.errors import ShopError
from shop.journeys import cite_sources as sources
from shop.journeys import write_story as journey
from shop.staff.rules.permissions import Permission

SAID = {
    "in_review": "Somebody else can look at it now.",
    "draft": "It is a draft again. Readers do not see it.",
    "published": "Readers have it now.",
    "scheduled": "It appears by itself at that time.",
    "archived": "It is no longer listed; whoever has its address can still read it.",
}


@does("/campaigns/<row:campaign_id>/review", needs=Permission.WRITE_STORIES)
def review_story(campaign_id: int) -> Answer:
    """Save, and ask somebody else to look."""
    return _step(campaign_id, "in_review")


@does("/campaigns/<row:campaign_id>/withdraw", needs=Permission.PUBLISH_STORIES)
def withdraw_story(campaign_id: int) -> Answer:
    """Back to a draft."""
    return _step(campaign_id, "draft")


@does("/campaigns/<row:campaign_id>/publish", needs=Permission.PUBLISH_STORIES)
def publish_story(campaign_id: int) -> Answer:
    """Save, and give it to readers."""
    return _step(campaign_id, "published")


@does("/campaigns/<row:campaign_id>/schedule", needs=Permission.PUBLISH_STORIES)
def schedule_story(campaign_id: int) -> Answer:
    """Save, and give it to readers at a time to come."""
    return _step(campaign_id, "scheduled")


@does("/campaigns/<row:campaign_id>/archive", needs=Permission.PUBLISH_STORIES)
def archive_story(campaign_id: int) -> Answer:
    """List it no longer."""
    return _step(campaign_id, "archived")


@does("/campaigns/<row:campaign_id>/previews/end", needs=Permission.WRITE_STORIES)
def end_story_previews(campaign_id: int) -> Answer:
    """Links that were sent out stop working."""
    if pressed():
        journey.end_previews(campaign_id, actor=current().name)
        flash("No link to this draft works any more.", "success")
    return _back(campaign_id)


@does("/campaigns/<row:campaign_id>/news", needs=Permission.PUBLISH_STORIES)
def tell_story_news(campaign_id: int) -> Answer:
    """Tell news under the story."""
    form = NewsForm(prefix="news-")
    if not form.validate_on_submit():
        return editor(campaign_id, status=refused(form), news=form)
    try:
        journey.tell_news(campaign_id, title=form.title.data, body=form.body.data, actor=current().name)
    except ShopError as problem:
        return editor(campaign_id, status=refused(form, problem=problem), news=form)
    flash("The news stands under the story.", "success")
    return _back(campaign_id)


@does("/campaigns/<row:campaign_id>/correct", needs=Permission.PUBLISH_STORIES)
def correct_story(campaign_id: int) -> Answer:
    """Say in public what the story told wrongly."""
    form = CorrectionForm(prefix="correct-")
    if not form.validate_on_submit():
        return editor(campaign_id, status=refused(form), correction=form)
    told = {"said": form.said.data, "now": form.now.data, "why": form.why.data}
    sources.correct_story(campaign_id, **told, actor=current().name)
    flash("The correction is public, and stays so.", "success")
    return _back(campaign_id)


@does("/campaigns/<row:campaign_id>/news/<row:news_id>/remove", needs=Permission.PUBLISH_STORIES)
def remove_story_news(campaign_id: int, news_id: int) -> Answer:
    """Take news back."""
    if pressed():
        journey.take_news_back(campaign_id, news_id, actor=current().name)
        flash("The news is gone.", "success")
    return _back(campaign_id)


@shows("/campaigns/<row:campaign_id>/revisions", needs=Permission.SEE_STORIES)
def story_revisions(campaign_id: int) -> Answer:
    """What was saved by hand; `?number=` shows one beside the working copy."""
    working = editing.working(campaign_id)
    past = editing.revisions(campaign_id)
    number = whole_number(request.args.get("number"), other=-1)
    shown = None if number < 0 else changes(editing.revision(campaign_id, number), working.content)
    return page(
        "admin/stories/revisions.html", working=working, past=past, number=None if number < 0 else number, changes=shown
    )


@does("/campaigns/<row:campaign_id>/revisions/<row:number>/restore", needs=Permission.WRITE_STORIES)
def restore_story(campaign_id: int, number: int) -> Answer:
    """Make an old text the working copy; the newer ones stay among the revisions."""
    if pressed():
        seen = editing.working(campaign_id).version
        journey.restore_story(campaign_id, number=number, seen=seen, actor=current().name)
        flash(f"Revision {number} is the working copy now. Readers have it when you publish.", "success")
    return _back(campaign_id)


def _step(campaign_id: int, to: str) -> Answer:
    """Save what is typed, then take the step with that very text."""

    def step(form: StoryForm, version: int) -> Answer:
        at = form.moment() if to == "scheduled" else None
        journey.step_story(campaign_id, to=to, seen=version, at=at, actor=current().name)
        flash(SAID[to], "success")
        return _back(campaign_id)

    return saved(campaign_id, then=step)


def _back(campaign_id: int) -> Answer:
    return see_other(url_for("admin.edit_story", campaign_id=campaign_id))
