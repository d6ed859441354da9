"""Send this to a friend: one letter of our words, to one address, once in a while, and then forgotten."""

from __future__ import annotations

from datetime import timedelta

from shop.brand.queries import brand
from shop.campaigns.queries import campaign_named
from shop.core import clock, rates
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.languages import _, language_named, speaking, spoken
from shop.core.networks import network_of
from shop.core.outbox import promise
from shop.core.rates import Rate
from shop.journeys.services import Services
from shop.mail.letters import FriendWords, Sender
from shop.mail.rules import LetterFacts, envelope, mail_address
from shop.mail.templates import render
from shop.sharing import operations as sharing
from shop.sharing.queries import friend_letter, key_behind
from shop.sharing.rules import LETTERS_A_DAY, FriendLetter, check_note

TEMPLATE = "friend"


@again
def send_to_friend(slug: str, *, email: str, note: str, address: str | None) -> None:
    """Promise the letter. `address` is the IP address asked from: its network is the sender that is limited.

    Whoever asks is told the same where the friend had a letter lately or wants none. Raises Invalid, NotFound, UsedUp.
    """
    mail, words = mail_address(email), check_note(note)
    campaign_id = campaign_named(slug).card.id
    end_read()
    with transaction():
        rates.use([Rate("friend", network_of(address), LETTERS_A_DAY, timedelta(days=1))])
        letter_id = sharing.ask_for_letter(campaign_id=campaign_id, email=mail, note=words, language=spoken().code)
        if letter_id:
            promise("friend_letter", key=letter_id, payload={"letter": letter_id})


@again
def never_again(token: str) -> None:
    """The friend wants no such letters. Safe to repeat; raises NotFound for a link of nobody's."""
    key = key_behind(token)
    end_read()
    with transaction():
        sharing.suppress(key)


def write_friend_letter(payload: Json, services: Services) -> None:
    """Keep the promise: the mail is made, sent, and whose it was is forgotten. It is never kept among the letters."""
    asked = friend_letter(str(payload["letter"]))
    end_read()
    if asked is None or asked.recipient is None:
        return
    about = brand()
    end_read()
    with speaking(language_named(asked.language)):
        message = envelope(_letter(asked, asked.recipient, services), sender_name=about.name, sender=services.mail_from)
    services.post.send(message)
    _note_left(asked.id)


@again
def _note_left(letter_id: str) -> None:
    with transaction():
        sharing.note_left(letter_id)


def _letter(asked: FriendLetter, recipient: str, services: Services) -> LetterFacts:
    about = brand()
    stop = f"{services.base_url}/friend/{asked.token}"
    given = FriendWords(
        brand=Sender(name=about.name, operator=about.operator),
        note=asked.note,
        url=f"{services.base_url}/s/{asked.campaign_id}?src=friend",
        stop_url=stop,
        contact=about.contact_email,
    )
    text, html = render(TEMPLATE, {"letter": given})
    end_read()
    return LetterFacts(
        id=0,
        kind="friend",
        recipient=recipient,
        subject=_("A page somebody wanted you to see"),
        text=text,
        html=html,
        message_id=f"<friend-{asked.id}@{services.mail_host}>",
        state="written",
        written_at=clock.now(),
        sent_at=None,
        unsubscribe_url=stop,
    )
