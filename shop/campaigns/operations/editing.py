"""Writes of the writing room: working copies, revisions, previews, rules. All assume an open transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from shop.campaigns.models import Campaign, Draft, EditorialRules, Preview, Revision
from shop.campaigns.rules.content import STEPS, Content
from shop.core import clock
from shop.core.codes import new_token
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import Conflict

PREVIEWED_FOR = timedelta(days=7)


class SavedByAnother(Conflict):
    """Somebody else saved first; nothing of either text is lost."""

    def __init__(self) -> None:
        super().__init__("Somebody else saved this story first. Both texts are below: nothing is lost.", field="body")


class MovedOn(Conflict):
    """The story's status changed meanwhile, or does not allow this step."""


def begin_draft(campaign_id: int, content: Content, *, by: str) -> None:
    """The first working copy of a story, kept as its first revision."""
    moment = clock.now()
    kept = {"campaign_id": campaign_id, "content": content.as_json(), "saved_by": by, "saved_at": moment}
    session().execute(insert(Draft).values(version=1, shown=0, **kept))
    session().execute(insert(Revision).values(number=1, **kept))


def save_draft(campaign_id: int, content: Content, *, seen: int, by: str, keep: bool) -> int:
    """Put a text in place of the one that was `seen`; returns its version. `keep` makes a revision of it.

    What cannot be published is saved too: a text half written is still somebody's work. Raises SavedByAnother.
    """
    moment = clock.now()
    kept = {"content": content.as_json(), "saved_by": by, "saved_at": moment}
    ours = update(Draft).where(Draft.campaign_id == campaign_id, Draft.version == seen)
    if rows_changed(session().execute(ours.values(version=seen + 1, **kept))) == 0:
        raise SavedByAnother
    if keep:
        session().execute(insert(Revision).values(campaign_id=campaign_id, number=seen + 1, **kept))
    return seen + 1


def keep_draft(campaign_id: int) -> None:
    """Make a revision of the working copy as it is, by whoever saved it; once is enough."""
    row = session().execute(select(Draft).where(Draft.campaign_id == campaign_id)).scalar_one()
    kept = {"content": row.content, "saved_by": row.saved_by, "saved_at": row.saved_at}
    insert_once(Revision, {"campaign_id": campaign_id, "number": row.version, **kept})


def hold_draft(campaign_id: int, *, seen: int) -> str:
    """Let nobody save until the transaction ends; returns who saved last. Raises SavedByAnother."""
    ours = update(Draft).where(Draft.campaign_id == campaign_id, Draft.version == seen).values(version=seen)
    if rows_changed(session().execute(ours)) == 0:
        raise SavedByAnother
    return session().execute(select(Draft.saved_by).where(Draft.campaign_id == campaign_id)).scalar_one()


def show_draft(campaign_id: int) -> None:
    """Note that readers have the working copy as it is now."""
    session().execute(update(Draft).where(Draft.campaign_id == campaign_id).values(shown=Draft.version))


def step(campaign_id: int, *, to: str, at: datetime | None = None) -> None:
    """Take a story to another status; `at` is when readers meet it. Raises MovedOn where no step leads there."""
    allowed = [status for status, ahead in STEPS.items() if to in ahead]
    values = {"status": to, "updated_at": clock.now()} | ({} if at is None else {"published_at": at})
    moved = update(Campaign).where(Campaign.id == campaign_id, Campaign.status.in_(allowed)).values(**values)
    if rows_changed(session().execute(moved)) == 0:
        raise MovedOn("That does not follow from where the story stands now. Look at it again.")


def open_preview(campaign_id: int, *, by: str) -> str:
    """The token of a link to the working copy, for whoever holds it, for a week."""
    moment = clock.now()
    made = new_token()
    values = {"token": made, "campaign_id": campaign_id, "made_by": by, "made_at": moment}
    session().execute(insert(Preview).values(**values, expires_at=moment + PREVIEWED_FOR))
    return made


def end_previews(campaign_id: int) -> None:
    """Every link to the working copy stops here."""
    moment = clock.now()
    running = update(Preview).where(Preview.campaign_id == campaign_id, Preview.expires_at > moment)
    session().execute(running.values(expires_at=moment))


def ask_two_people(wanted: bool) -> None:
    """From now on whoever publishes must be another than who wrote last, or no longer."""
    if not insert_once(EditorialRules, {"id": 1, "two_people": wanted}):
        session().execute(update(EditorialRules).where(EditorialRules.id == 1).values(two_people=wanted))
