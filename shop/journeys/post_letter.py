"""A letter on its way: rendered and kept once, sent until the post took it."""

from __future__ import annotations

from shop.brand.queries import brand
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.languages import spoken
from shop.journeys.services import Services
from shop.mail.operations import note_sent, write
from shop.mail.queries import kept_added, letter
from shop.mail.rules import Draft, envelope
from shop.mail.templates import render


@again
def post_letter(
    kind: str,
    key: str,
    recipient: str,
    subject: str,
    template: str,
    given: object,
    services: Services,
    *,
    order_id: str | None = None,
    unsubscribe_url: str | None = None,
) -> None:
    """Send the letter (`kind`, `key`), written from `template` with `given` and what staff add to its kind.

    Nothing where it was sent before.
    """
    if letter(kind, key) is None:
        text, html = render(template, {"letter": given}, kept_added(kind, spoken().code).added)
        draft = Draft(kind, key, recipient, subject, text, html, order_id, unsubscribe_url)
        with transaction():
            write(draft, host=services.mail_host)
    post_kept_letter(kind, key, services)


def post_kept_letter(kind: str, key: str, services: Services) -> None:
    """Send a letter that is written; nothing where it was sent before, or where there is none."""
    written, about = letter(kind, key), brand()
    end_read()
    if written is not None and written.state == "written":
        services.post.send(envelope(written, sender_name=about.name, sender=services.mail_from))
        _note_sent(written.id)


@again
def _note_sent(letter_id: int) -> None:
    with transaction():
        note_sent(letter_id)
