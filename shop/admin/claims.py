"""Cited figures: entered, looked at again, hidden, and corrected in public when readers met another."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, request, url_for
from msgspec.structs import asdict

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.admin.source_forms import ClaimForm
from shop.campaigns.queries import keeping as read
from shop.core import clock
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.journeys import cite_sources as journey
from shop.staff.rules.permissions import Permission


@shows("/claims", needs=Permission.SEE_STORIES)
def claim_list() -> Answer:
    """Every figure, the one to look at first."""
    return page("admin/stories/claims.html", claims=read.all_claims(), today=clock.now().date())


@asks("/claims/new", needs=Permission.WRITE_STORIES)
def new_claim() -> Answer:
    """A figure with its source."""
    today = clock.now().date()
    form = ClaimForm(data={"checked_on": today, "next_review": today + timedelta(days=180)})
    if request.method == "GET":
        return _claim_page(form)
    end_read()
    if not form.validate_on_submit():
        return _claim_page(form, status=refused(form))
    try:
        journey.enter_claim(form.claim(by=current().name), actor=current().name)
    except ShopError as problem:
        return _claim_page(form, status=refused(form, problem=problem))
    flash(f"Cite it in a story by [[claim {form.key.data}]].", "success")
    return see_other(url_for("admin.claim_list"))


@asks("/claims/<row:claim_id>", needs=Permission.WRITE_STORIES)
def edit_claim(claim_id: int) -> Answer:
    """Change a figure; where readers met it, they are told why."""
    kept = read.claim_with(claim_id)
    if request.method == "GET":
        return _claim_page(ClaimForm(formdata=None, data=asdict(kept.view) | {"staff_notes": kept.staff_notes}), kept)
    form = ClaimForm(data={"key": kept.view.key})
    end_read()
    form.key.data = kept.view.key
    form.key.validators = []
    if not form.validate_on_submit():
        return _claim_page(form, kept, status=refused(form))
    new = form.claim(key=kept.view.key, by=current().name, hidden=kept.view.hidden)
    try:
        journey.rewrite_claim(claim_id, new, why=form.why.data, actor=current().name)
    except ShopError as problem:
        return _claim_page(form, kept, status=refused(form, problem=problem))
    flash("The figure is changed in every story.", "success")
    return see_other(url_for("admin.claim_list"))


@does("/claims/<row:claim_id>/checked", needs=Permission.WRITE_STORIES)
def check_claim(claim_id: int) -> Answer:
    """The source still says so."""
    if pressed():
        journey.check_claim(claim_id, actor=current().name)
        flash("Noted. It comes up again in half a year.", "success")
    return see_other(url_for("admin.claim_list"))


@does("/claims/<row:claim_id>/hide", needs=Permission.PUBLISH_STORIES)
def hide_claim(claim_id: int) -> Answer:
    """Leave it out of every story, or let it stand again."""
    if pressed():
        hidden = not read.claim_with(claim_id).view.hidden
        journey.hide_claim(claim_id, hidden=hidden, actor=current().name)
        flash("No story shows it now." if hidden else "Stories show it again.", "success")
    return see_other(url_for("admin.claim_list"))


def _claim_page(form: ClaimForm, kept: read.KeptClaim | None = None, *, status: int = 200) -> Answer:
    stories = read.stories_citing(kept.view.key) if kept else []
    return page("admin/stories/claim.html", status=status, form=form, kept=kept, stories=stories)
