"""Comments: written, read by a person, then shown; and a person told at once where one sounds heavy."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from shop.campaigns.queries import campaign_named
from shop.comments import operations as comments
from shop.comments.queries import board_of, state_of
from shop.comments.rules import sounds_heavy, tidy
from shop.core import rates
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.networks import network_of
from shop.core.rates import Rate
from shop.journeys.services import Services
from shop.journeys.write_to_us import alert_staff
from shop.staff.operations import record
from shop.staff.rules.audit import differences

FREE_PER_NETWORK = 5  # an hour


@again
def write_comment(slug: str, *, name: str, text: str, address: str | None, services: Services) -> tuple[str, bool]:
    """Keep it for staff to read; its writer's token, and whether helplines should be shown to them.

    Raises Invalid, NotFound where the story takes no comments, UsedUp.
    """
    card = campaign_named(slug).card
    open_now = board_of(card.id).open
    end_read()
    if not open_now:
        raise NotFound(_("This story takes no comments."))
    shown, words = tidy(name, text)
    heavy, network = sounds_heavy(words), network_of(address)
    with transaction():
        rates.use([Rate("comment", network, FREE_PER_NETWORK, timedelta(hours=1))])
        token = comments.write(campaign_id=card.id, name=shown, text=words, heavy=heavy, network=network)
    if heavy:
        alert_staff(
            heading="A comment that sounds heavy",
            message="Please read it soon. Its writer was shown the helplines.",
            facts=(("Story", card.title),),
            services=services,
            action=("Read it", f"{services.base_url}/admin/comments"),
        )
    return token, heavy


@again
def take_comment_back(token: str) -> bool:
    """Its writer's wish; False when it was gone."""
    with transaction():
        return comments.take_back(token)


@again
def decide_comment(comment_id: str, *, state: Literal["shown", "refused"], actor: str) -> bool:
    """Staff let it be read, or not; False when somebody decided the same before."""
    with transaction():
        was = state_of(comment_id)
        decided = comments.decide(comment_id, state=state, by=actor)
        if decided:
            told = differences({"state": was}, {"state": state})
            record(actor=actor, action=f"comment.{state}", subject=f"comment {comment_id}", details=told)
    return decided


@again
def set_board(*, campaign_id: int, open: bool, counted: bool, actor: str) -> None:
    """Staff open or close a story's comments."""
    with transaction():
        was = board_of(campaign_id)
        comments.set_board(campaign_id=campaign_id, open=open, counted=counted)
        details = differences({"open": was.open, "counted": was.counted}, {"open": open, "counted": counted})
        record(actor=actor, action="comments.set", subject=f"campaign {campaign_id}", details=details)
