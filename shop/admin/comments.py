"""Comments: the queue, what was decided, and which stories take any."""

from __future__ import annotations

from flask import flash, request, url_for
from wtforms import BooleanField

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.base_form import StaffForm
from shop.admin.reads.comments import board_rows, titles
from shop.admin.routes import Answer, does, see_other, shows
from shop.comments.queries import decided, queue
from shop.journeys import moderate_comments
from shop.staff.rules.permissions import Permission


class BoardForm(StaffForm):
    """Whether a story takes comments, and says how many it has."""

    open = BooleanField("Takes comments")
    counted = BooleanField("Says how many")


@shows("/comments", needs=Permission.SEE_TAKING_PART)
def comment_queue() -> Answer:
    """Heavy ones first. The keys j, k, a and r walk and decide, unless they are switched off."""
    return page(
        "admin/comments.html",
        waiting=queue(),
        decided=decided(),
        titles=titles(),
        boards=board_rows(),
        board=BoardForm(formdata=None),
        keys=request.args.get("keys") != "off",
    )


@does("/comments/<code:comment_id>/show", needs=Permission.KEEP_TAKING_PART)
def show_comment(comment_id: str) -> Answer:
    """Let it be read."""
    if pressed():
        shown = moderate_comments.decide_comment(comment_id, state="shown", actor=current().name)
        flash(*(("It is shown now.", "success") if shown else ("It was shown before, or is gone.", "warning")))
    return _back()


@does("/comments/<code:comment_id>/refuse", needs=Permission.KEEP_TAKING_PART)
def refuse_comment(comment_id: str) -> Answer:
    """Do not show it, or no longer."""
    if pressed():
        refused = moderate_comments.decide_comment(comment_id, state="refused", actor=current().name)
        flash(*(("It is not shown.", "success") if refused else ("It was refused before, or is gone.", "warning")))
    return _back()


@does("/comments/boards/<row:campaign_id>", needs=Permission.KEEP_TAKING_PART)
def set_board(campaign_id: int) -> Answer:
    """Open or close a story's comments."""
    form = BoardForm()
    if form.validate_on_submit() and campaign_id in titles():
        moderate_comments.set_board(
            campaign_id=campaign_id, open=form.open.data, counted=form.counted.data, actor=current().name
        )
        flash("Saved.", "success")
    else:
        flash("Nothing was changed: load the page again.", "warning")
    return _back()


def _back() -> Answer:
    return see_other(url_for("admin.comment_queue", keys="off" if request.args.get("keys") == "off" else None))
