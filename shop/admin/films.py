"""Films that stories show, each with captions and a transcript."""

from __future__ import annotations

from flask import flash, request, url_for
from msgspec.structs import asdict

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.routes import Answer, asks, see_other, shows
from shop.admin.source_forms import VideoForm
from shop.campaigns.queries import keeping as read
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.journeys import cite_sources as journey
from shop.staff.rules.permissions import Permission


@shows("/videos", needs=Permission.SEE_STORIES)
def video_list() -> Answer:
    """All of them."""
    return page("admin/stories/videos.html", videos=read.all_videos())


@asks("/videos/new", needs=Permission.WRITE_STORIES)
def new_video() -> Answer:
    """A film by its address."""
    form = VideoForm()
    if request.method == "GET":
        return page("admin/stories/video.html", form=form, key=None)
    end_read()
    if not form.validate_on_submit():
        return page("admin/stories/video.html", status=refused(form), form=form, key=None)
    try:
        journey.enter_video(form.video(), actor=current().name)
    except ShopError as problem:
        return page("admin/stories/video.html", status=refused(form, problem=problem), form=form, key=None)
    flash(f"Show it in a story by [[video {form.key.data}]].", "success")
    return see_other(url_for("admin.video_list"))


@asks("/videos/<row:video_id>", needs=Permission.WRITE_STORIES)
def edit_video(video_id: int) -> Answer:
    """Change it in every story; its key stays."""
    kept = read.video_with(video_id)
    if request.method == "GET":
        form = VideoForm(formdata=None, data=asdict(kept) | {"captions": True})
        return page("admin/stories/video.html", form=form, key=kept.key)
    form = VideoForm()
    end_read()
    form.key.data = kept.key
    form.key.validators = []
    if not form.validate_on_submit():
        return page("admin/stories/video.html", status=refused(form), form=form, key=kept.key)
    try:
        journey.rewrite_video(video_id, form.video(key=kept.key), actor=current().name)
    except ShopError as problem:
        return page("admin/stories/video.html", status=refused(form, problem=problem), form=form, key=kept.key)
    flash("The film is changed in every story.", "success")
    return see_other(url_for("admin.video_list"))
