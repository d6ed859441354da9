"""Writing to the people behind the store, with the helplines beside it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request

from shop.brand.queries import brand
from shop.core.errors import ShopError
from shop.core.languages import _
from shop.journeys.services import Services
from shop.journeys.write_to_us import LONGEST_MESSAGE, write_to_us
from shop.web.forms import ContactForm
from shop.web.present import addresses
from shop.web.present.helplines import helplines
from shop.web.public import meta, unshared
from shop.web.reads.helplines import helplines as lines
from shop.web.view_models.parts import FieldError
from shop.web.view_models.taking import ContactPage

blueprint = Blueprint("contact", __name__)


@blueprint.get(addresses.CONTACT)
def write() -> Response:
    """The form."""
    return _form()


@blueprint.post(addresses.CONTACT)
def send() -> Response:
    """One letter into the store's mailbox."""
    form = ContactForm()
    email, message = form.email.data or "", form.message.data or ""
    if form.caught:
        return _form(sent=True)
    errors = () if form.validate() else form.first_errors()
    if errors:
        return _form(email=email, message=message, errors=errors, status=422)
    services: Services = current_app.extensions["services"]
    try:
        write_to_us(email=email, message=message, address=request.remote_addr, services=services)
    except ShopError as error:
        told = (FieldError(field=error.field or "message", message=error.message),)
        return _form(email=email, message=message, errors=told, status=error.kind.value)
    return _form(sent=True)


def _form(
    *,
    email: str = "",
    message: str = "",
    sent: bool = False,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    page = ContactPage(
        meta=meta(_("Write to us"), addresses.CONTACT),
        form_url=addresses.CONTACT,
        address=brand().contact_email,
        longest=LONGEST_MESSAGE,
        email=email,
        message=message,
        sent=sent,
        errors=errors,
        helplines=helplines(lines()),
    )
    return unshared(render_template("contact/contact.html", page=page), status)
