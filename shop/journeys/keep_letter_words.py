"""Staff add words to letters, and send themselves one to see them in their own mail program."""

from __future__ import annotations

from shop.core import codes
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.languages import Language
from shop.core.outbox import promise
from shop.journeys.sample_letters import sample_letter
from shop.journeys.services import Services
from shop.mail.added import Added, check_added
from shop.mail.operations import set_added, write
from shop.mail.queries import kept_added
from shop.mail.rules import Draft, mail_address
from shop.staff.operations import record
from shop.staff.rules.audit import differences


@again
def keep_letter_words(kind: str, language: Language, new: Added, *, seen: int, actor: str) -> None:
    """Every letter of the kind that is written from now on has them. Raises Invalid, and ChangedMeanwhile."""
    with transaction():
        before = kept_added(kind, language.code).added
        set_added(kind, language.code, new, seen=seen, actor=actor)
        told = differences(_plain(before), _plain(new))
        record(actor=actor, action="letter_words.kept", subject=f"{kind} ({language.code})", details=told)


@again
def send_sample(kind: str, language: Language, added: Added, *, email: str, actor: str, services: Services) -> None:
    """A letter about nothing that happened, to whoever asks, by the way that all letters go. Raises Invalid."""
    check_added(kind, added)
    address, key = mail_address(email), codes.new_id()
    subject, text, html = sample_letter(kind, language, added, services)
    end_read()
    with transaction():
        write(Draft("test_letter", key, address, subject, text, html), host=services.mail_host)
        promise("kept_letter", key=f"test_letter:{key}", payload={"kind": "test_letter", "key": key})
        record(actor=actor, action="letter.tested", subject=f"{kind} ({language.code})", details={})


def _plain(added: Added) -> dict[str, str]:
    return {"opening": added.opening, "closing": added.closing}
