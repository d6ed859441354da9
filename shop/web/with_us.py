"""Are you with us? Signing a campaign's appeal, and the page behind the mailed link.

The link only opens a page; its button confirms. Mail scanners open links, and would sign for people.
"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from shop.actions.queries import appeal_counted, appeal_of, signature_with_token
from shop.actions.rules import CONFIRM_WITHIN, SignatureFacts
from shop.campaigns.queries import campaign_named, cards_of
from shop.campaigns.rules.views import CampaignCard
from shop.core import clock
from shop.core.errors import NotFound, ShopError
from shop.core.languages import _
from shop.journeys.take_part import confirm_signature, sign_appeal, withdraw_signature
from shop.web.forms import SignForm
from shop.web.kept import kept
from shop.web.present import addresses
from shop.web.present.with_us import with_us
from shop.web.public import meta, unshared
from shop.web.view_models.parts import FieldError, Link
from shop.web.view_models.taking import OwnPartPage, WithUs, WithUsPage

blueprint = Blueprint("with_us", __name__)


@blueprint.get(f"{addresses.CAMPAIGNS}/<slug:slug>/with-us")
def ask(slug: str) -> Response:
    """The form by itself."""
    return _form(slug)


@blueprint.post(f"{addresses.CAMPAIGNS}/<slug:slug>/with-us")
def sign(slug: str) -> Response:
    """The same answer whether or not the address has signed before: nobody learns who did."""
    form = SignForm()
    email = form.email.data or ""
    if form.caught:
        return _form(slug, sent=True)
    errors = () if form.validate() else form.first_errors()
    if errors:
        return _form(slug, email=email, errors=errors, status=422)
    try:
        sign_appeal(slug, email=email, address=request.remote_addr)
    except NotFound:
        raise
    except ShopError as error:
        told = (FieldError(field="email", message=error.message),)
        return _form(slug, email=email, errors=told, status=error.kind.value)
    return _form(slug, sent=True)


@blueprint.get("/with-us/<token>")
def own(token: str) -> Response:
    """One's own part: confirm it, or take it back."""
    return _own(signature_with_token(token))


@blueprint.post("/with-us/<token>")
def confirm(token: str) -> Response:
    """Pressed by a person; pressing twice changes nothing more."""
    confirm_signature(token)
    return _own(signature_with_token(token))


@blueprint.post("/with-us/<token>/withdraw")
def withdraw(token: str) -> Response:
    """Nothing of it stays, so the page says so and has no address any more."""
    found = signature_with_token(token)
    withdraw_signature(token)
    return _own(found, gone=found.state != "invalidated")


@kept
def block_of(campaign_id: int, slug: str) -> WithUs | None:
    """What a campaign asks for and how many answered, for its page; None where it does not ask."""
    return _block(campaign_id, slug)


def _block(campaign_id: int, slug: str) -> WithUs | None:
    asked = appeal_counted(campaign_id)
    return with_us(*asked, slug) if asked else None


def _form(
    slug: str, *, email: str = "", sent: bool = False, errors: tuple[FieldError, ...] = (), status: int = 200
) -> Response:
    card = campaign_named(slug).card
    block = _block(card.id, slug)
    if block is None:
        raise NotFound(_("This campaign does not ask for that."))
    page = WithUsPage(
        meta=meta(_("Are you with us?"), addresses.with_us(slug), indexed=False, sensitive=card.sensitive),
        block=block,
        title=_("Are you with us?"),
        story=_story(card),
        email=email,
        sent=sent,
        errors=errors,
    )
    return unshared(render_template("with_us/with_us.html", page=page), status)


def _own(found: SignatureFacts, *, gone: bool = False) -> Response:
    card, appeal = cards_of([found.campaign_id])[found.campaign_id], appeal_of(found.campaign_id)
    late = found.state == "pending" and found.created_at <= clock.now() - CONFIRM_WITHIN
    state = "gone" if gone else "late" if late else found.state
    page = OwnPartPage(
        meta=meta(_("Your part"), f"/with-us/{found.token}", indexed=False, sensitive=card.sensitive),
        state=state,
        ask=appeal.ask if appeal else "",
        title=card.title,
        story=_story(card),
        confirm_url=f"/with-us/{found.token}" if state == "pending" else "",
        withdraw_url=f"/with-us/{found.token}/withdraw" if state in ("pending", "confirmed") else "",
    )
    return unshared(render_template("with_us/own_part.html", page=page))


def _story(card: CampaignCard) -> Link:
    return Link(label=card.title, url=addresses.campaign(card.slug))
