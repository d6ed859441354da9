"""News by mail: asked for, confirmed from the mailbox, ended by one press; and issues that staff send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from shop.brand.queries import brand
from shop.consents.operations import Step, log_consent
from shop.core import clock, rates
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.languages import _, language_named, lazy_gettext, speaking, spoken
from shop.core.networks import network_of
from shop.core.outbox import promise
from shop.core.rates import Rate
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.mail.letters import NewsConfirmation, NewsLetter, Sender
from shop.mail.rules import mail_address
from shop.news import operations as news
from shop.news.queries import issue, readers, subscription, subscription_of, subscription_with_token
from shop.news.rules import Subscription, address_key
from shop.staff.operations import record
from shop.staff.rules.audit import differences

FREE_PER_NETWORK = 10  # an hour
ONE_MAIL_PER = timedelta(minutes=10)
WORDING = lazy_gettext("News of our campaigns by mail, a few times a year. You can end it at any time by one press.")


@again
def ask_for_news(*, email: str, address: str | None) -> None:
    """The form was sent: the address is pending, and its owner gets a mail. Raises Invalid, UsedUp."""
    mail = mail_address(email)
    with transaction():
        rates.use([Rate("news", network_of(address), FREE_PER_NETWORK, timedelta(hours=1))])
        wish_for_news(mail, language=spoken().code, origin="form")


def wish_for_news(email: str, *, language: str, origin: str) -> None:
    """The same inside the caller's transaction, for a box that was ticked elsewhere, such as at checkout.

    Nothing but one mail follows until the owner of the mailbox confirms.
    """
    key = address_key(email)
    news.ask(email=email, language=language)
    log_consent(subject=key, purpose="news", step="asked", wording=str(WORDING), origin=origin)
    window = int(clock.now().timestamp() // ONE_MAIL_PER.total_seconds())
    found = subscription_of(email)
    if found is not None:
        mail_key = f"{found.id}:{window}"
        promise("news_confirmation", key=mail_key, payload={"subscription": found.id, "key": mail_key})


@again
def confirm_news(token: str) -> bool:
    """The button behind the mailed link. False when it had been pressed, or came too late."""
    found = subscription_with_token(token)
    end_read()
    with transaction():
        confirmed = news.confirm(token)
        if confirmed:
            _log(found, "given", "mailed page")
    return confirmed


@again
def choose_news_language(token: str, language: str) -> None:
    """News in another language from now on."""
    with transaction():
        news.choose_language(token, language_named(language).code)


@again
def end_news(token: str, *, origin: str) -> None:
    """No more news, at once; a second press finds nothing to end. Raises NotFound for a link of nobody's."""
    found = subscription_with_token(token)
    end_read()
    with transaction():
        if news.end(token):
            _log(found, "withdrawn", origin)


@again
def send_issue(issue_id: int, *, actor: str) -> bool:
    """Staff send an issue to everybody who is confirmed in its language; False when it was sent before."""
    with transaction():
        sent = news.send_issue(issue_id)
        if sent:
            promise("news_issue", key=str(issue_id), payload={"issue": issue_id})
            told = differences({"state": "draft"}, {"state": "sent"})
            record(actor=actor, action="news.sent", subject=f"issue {issue_id}", details=told)
    return sent


def address_issue(payload: Json, _services: Services) -> None:
    """Keep the promise of `send_issue`: promise each reader a letter of their own. Safe to repeat."""
    number = int(payload["issue"])
    everybody = readers(issue(number).language)
    end_read()
    for first in range(0, len(everybody), 200):
        _address(number, everybody[first : first + 200])


@again
def _address(number: int, some: Sequence[str]) -> None:
    with transaction():
        for one in some:
            promise("news_letter", key=f"{number}:{one}", payload={"issue": number, "subscription": one})


def write_news_letter(payload: Json, services: Services) -> None:
    """One issue to one reader, with the header by which mail programs end it (RFC 8058). None after its end."""
    found, told, about = subscription(str(payload["subscription"])), issue(int(payload["issue"])), brand()
    end_read()
    if found is None or found.state != "confirmed":
        return
    stop = f"{services.base_url}/news/{found.token}"
    given = NewsLetter(
        brand=Sender(name=about.name, operator=about.operator),
        heading=told.subject,
        paragraphs=tuple(part.strip() for part in told.text.split("\n\n") if part.strip()),
        stop_url=stop,
        contact=about.contact_email,
    )
    key = f"{told.id}:{found.id}"
    with speaking(language_named(told.language)):
        post_letter("news", key, found.email, told.subject, "news", given, services, unsubscribe_url=f"{stop}/end")


def write_news_confirmation(payload: Json, services: Services) -> None:
    """The mail by which somebody confirms, or finds the way to what they have confirmed before."""
    found, about = subscription(str(payload["subscription"])), brand()
    end_read()
    if found is None:
        return
    with speaking(language_named(found.language)):
        given = NewsConfirmation(
            brand=Sender(name=about.name, operator=about.operator),
            confirmed=found.state == "confirmed",
            url=f"{services.base_url}/news/{found.token}",
            contact=about.contact_email,
        )
        subject = _("Please confirm your address")
        post_letter(
            "news_confirmation", str(payload["key"]), found.email, subject, "news_confirmation", given, services
        )


def _log(found: Subscription, step: Step, origin: str) -> None:
    log_consent(subject=address_key(found.email), purpose="news", step=step, wording=str(WORDING), origin=origin)
