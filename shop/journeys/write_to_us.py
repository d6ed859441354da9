"""A visitor writes to the staff: one letter into the store's own mailbox."""

from __future__ import annotations

from datetime import timedelta

from shop.brand.queries import brand
from shop.core import codes, rates
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.core.languages import _
from shop.core.networks import network_of
from shop.core.outbox import promise
from shop.core.rates import Rate
from shop.journeys.post_letter import post_kept_letter
from shop.journeys.services import Services
from shop.mail.letters import Sender, StaffAlert
from shop.mail.operations import write
from shop.mail.rules import Draft, mail_address
from shop.mail.templates import render

FREE_PER_NETWORK = 5  # an hour
LONGEST_MESSAGE = 4_000
KIND = "staff_alert"


def write_to_us(*, email: str, message: str, address: str | None, services: Services) -> None:
    """Keep the letter and promise to send it; an address to answer to may be left out. Raises Invalid, UsedUp."""
    reply_to = mail_address(email) if email.strip() else ""
    words = message.strip()
    if not 0 < len(words) <= LONGEST_MESSAGE:
        raise Invalid(
            _("Write something, and no more than %(most)s characters.", most=LONGEST_MESSAGE), field="message"
        )
    facts = (("Answer to", reply_to),) if reply_to else ()
    alert_staff(
        heading="Somebody wrote to you",
        message=words,
        facts=facts,
        services=services,
        limits=(Rate("contact", network_of(address), FREE_PER_NETWORK, timedelta(hours=1)),),
    )


@again
def alert_staff(
    *,
    heading: str,
    message: str,
    facts: tuple[tuple[str, str], ...],
    services: Services,
    limits: tuple[Rate, ...] = (),
    key: str = "",
    action: tuple[str, str] = ("", ""),
    to: str = "",
) -> None:
    """A letter to the store's own mailbox or to one of the staff, kept now and sent by the worker; one for each `key`.

    `action` is a label and an address. Raises UsedUp beyond the limits.
    """
    about, key = brand(), key or codes.new_id()
    given = StaffAlert(
        brand=Sender(name=about.name, operator=about.operator),
        heading=heading,
        message=message,
        facts=facts,
        action_label=action[0],
        action_url=action[1],
    )
    text, html = render(KIND, {"letter": given})
    end_read()
    with transaction():
        rates.use(limits)
        write(Draft(KIND, key, to or about.contact_email, heading, text, html), host=services.mail_host)
        promise("kept_letter", key=f"{KIND}:{key}", payload={"kind": KIND, "key": key})


def send_kept_letter(payload: Json, services: Services) -> None:
    """Keep the promise of a letter that is written already."""
    post_kept_letter(str(payload["kind"]), str(payload["key"]), services)
