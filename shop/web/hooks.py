"""Where Stripe tells us things: signature, inbox, 200. What follows is the worker's."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from shop.core import clock
from shop.core.logs import security
from shop.journeys.receive_event import take_in
from shop.journeys.services import Services
from shop.payments.gateway import ForgedEvent

blueprint = Blueprint("hooks", __name__)
LARGEST_EVENT = 256 * 1024  # Stripe's events are a few kilobytes; 1 MB is somebody else
AHEAD_SECONDS = 300  # how far its clock may run before ours; the library only asks how old a signature is
_SIGNED_AT = re.compile(r"(?:^|,)\s*t=(\d{1,12})(?:,|$)")


@blueprint.post("/stripe/webhook")
def stripe() -> Response:
    """400 for whatever Stripe did not sign, as it is; nothing is written then."""
    services: Services = current_app.extensions["services"]
    request.max_content_length = LARGEST_EVENT
    signature = request.headers.get("Stripe-Signature", "")
    try:
        _refuse_future(signature)
        event = services.gateway.read_event(request.get_data(cache=False), signature)
    except (ForgedEvent, RequestEntityTooLarge):
        security("webhook_refused")
        return Response("not a signed event\n", 400, mimetype="text/plain")
    take_in(event)
    return Response("kept\n", 200, mimetype="text/plain")


def _refuse_future(signature: str) -> None:
    """A signature made for a time to come could be sent again for as long."""
    signed_at = _SIGNED_AT.search(signature)
    if signed_at and int(signed_at[1]) > clock.now().timestamp() + AHEAD_SECONDS:
        raise ForgedEvent("This message was signed ahead of its time.")
