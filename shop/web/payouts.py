"""The proof of a payout, and the page where a partner says that the money came."""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.core.formats import date_text, money_text
from shop.core.languages import _
from shop.giving.queries import party_names
from shop.journeys.pay_partner import confirm_payout
from shop.payouts.queries import document, payout_with_token
from shop.web.present import addresses
from shop.web.public import rendered, unshared
from shop.web.view_models.parts import Meta
from shop.web.view_models.payouts import ConfirmPayoutPage

blueprint = Blueprint("payouts", __name__)
LONGEST_NAME = 200


@blueprint.get(f"{addresses.GIVING}/proofs/<sha256>")
def proof(sha256: str) -> Response:
    """A document as it was kept; its address is the hash of its content, so anybody can check that it is the same."""
    found = document(sha256)
    answer = Response(found.content, mimetype=found.media_type)
    ending = found.media_type.rpartition("/")[2]
    answer.headers["Content-Disposition"] = f'attachment; filename="proof-{sha256[:12]}.{ending}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get(f"{addresses.GIVING}/confirm/<token>")
def look_at_payout(token: str) -> Response:
    """What a partner is asked to confirm. Opening it changes nothing: mail scanners open links."""
    return unshared(rendered("giving/confirm.html", _page(token)))


@blueprint.post(f"{addresses.GIVING}/confirm/<token>")
def confirm(token: str) -> Response:
    """The money came, says the partner; saying it twice says it once."""
    payout_with_token(token)
    confirm_payout(token=token, by=request.form.get("name", "").replace("\x00", "")[:LONGEST_NAME])
    return unshared(rendered("giving/confirm.html", _page(token)))


def _page(token: str) -> ConfirmPayoutPage:
    found = payout_with_token(token)
    return ConfirmPayoutPage(
        meta=Meta(title=_("A payout to confirm"), indexed=False),
        partner=party_names().get(found.party, found.party),
        amount=money_text(found.amount),
        paid_on=date_text(found.paid_on),
        reference=found.reference,
        confirmed=date_text(found.confirmed_at.date()) if found.confirmed_at else "",
        confirm_url=f"{addresses.GIVING}/confirm/{token}",
    )
