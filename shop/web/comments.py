"""Writing under a story, and taking it back."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request

from shop.campaigns.queries import campaign_named
from shop.comments.queries import board_of, board_with_shown, comment_with_token, count_under
from shop.core.errors import NotFound, ShopError
from shop.core.formats import date_text
from shop.core.languages import _, ngettext
from shop.journeys.moderate_comments import take_comment_back, write_comment
from shop.web.care import lines_for_reader
from shop.web.forms import CommentForm
from shop.web.kept import kept
from shop.web.present import addresses
from shop.web.present.helplines import helplines
from shop.web.public import absolute, meta, unshared
from shop.web.view_models.comments import CommentPage, Comments, OwnCommentPage, ShownComment
from shop.web.view_models.parts import FieldError, Link

blueprint = Blueprint("comments", __name__)


@kept
def comments_of(campaign_id: int, slug: str) -> Comments | None:
    """What stands under a story; None where it takes no comments."""
    board, found = board_with_shown(campaign_id)
    if not board.open:
        return None
    shown = (
        ShownComment(name=one.name or _("A reader"), date=date_text(one.written_at.date()), text=one.text)
        for one in found
    )
    count = count_under(campaign_id) if board.counted else 0
    return Comments(
        comments=tuple(shown),
        write_url=addresses.comments(slug),
        count=ngettext("%(num)s comment", "%(num)s comments", count) if count else "",
    )


@blueprint.get(f"{addresses.CAMPAIGNS}/<slug:slug>/comments")
def write(slug: str) -> Response:
    """The form."""
    return _form(slug)


@blueprint.post(f"{addresses.CAMPAIGNS}/<slug:slug>/comments")
def send(slug: str) -> Response:
    """Kept until a person has read it."""
    form = CommentForm()
    name, text = form.name.data or "", form.text.data or ""
    if form.caught:
        return _form(slug, own_url=absolute("/comments/x"))
    errors = () if form.validate() else form.first_errors()
    if errors:
        return _form(slug, name=name, text=text, errors=errors, status=422)
    services = current_app.extensions["services"]
    try:
        token, heavy = write_comment(slug, name=name, text=text, address=request.remote_addr, services=services)
    except NotFound:
        raise
    except ShopError as error:
        told = (FieldError(field=error.field or "text", message=error.message),)
        return _form(slug, name=name, text=text, errors=told, status=error.kind.value)
    return _form(slug, own_url=absolute(f"/comments/{token}"), heavy=heavy)


@blueprint.get("/comments/<token>")
def own(token: str) -> Response:
    """One's own comment, by the link that was shown after writing."""
    found = comment_with_token(token)
    return _own(token, found.state, found.text)


@blueprint.post("/comments/<token>/take-back")
def take_back(token: str) -> Response:
    """Nothing of it stays."""
    comment_with_token(token)
    take_comment_back(token)
    return _own(token, "gone", "")


def _form(
    slug: str,
    *,
    name: str = "",
    text: str = "",
    own_url: str = "",
    heavy: bool = False,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    card = campaign_named(slug).card
    if not board_of(card.id).open:
        raise NotFound(_("This story takes no comments."))
    page = CommentPage(
        meta=meta(_("Add a comment"), addresses.comments(slug), indexed=False, sensitive=card.sensitive),
        story=Link(label=card.title, url=addresses.campaign(slug)),
        form_url=addresses.comments(slug),
        name=name,
        text=text,
        own_url=own_url,
        helplines=helplines(lines_for_reader()) if heavy else (),
        errors=errors,
    )
    return unshared(render_template("comments/comment.html", page=page), status)


def _own(token: str, state: str, text: str) -> Response:
    about = meta(_("Your own comment"), f"/comments/{token}", indexed=False, sensitive=True)
    page = OwnCommentPage(meta=about, state=state, text=text, take_back_url=f"/comments/{token}/take-back")
    return unshared(render_template("comments/own_comment.html", page=page))
