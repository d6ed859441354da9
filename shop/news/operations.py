"""Writes of news. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import delete, insert, update

from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session
from shop.news.models import NewsIssue, NewsSubscription
from shop.news.rules import CONFIRM_WITHIN, address_key, check_issue


def ask(*, email: str, language: str) -> bool:
    """An address asks for news, pending; False when it has asked before."""
    return insert_once(
        NewsSubscription,
        {
            "id": codes.new_id(),
            "email": email,
            "address_key": address_key(email),
            "language": language,
            "token": codes.new_token(),
            "state": "pending",
            "asked_at": clock.now(),
        },
    )


def confirm(token: str) -> bool:
    """Its owner pressed the button; False when there is nothing (any more) to confirm."""
    young = NewsSubscription.asked_at > clock.now() - CONFIRM_WITHIN
    waiting = update(NewsSubscription).where(
        NewsSubscription.token == token, NewsSubscription.state == "pending", young
    )
    return rows_changed(session().execute(waiting.values(state="confirmed", confirmed_at=clock.now()))) == 1


def choose_language(token: str, language: str) -> None:
    """News in another language from now on."""
    session().execute(update(NewsSubscription).where(NewsSubscription.token == token).values(language=language))


def end(token: str) -> bool:
    """No more news; nothing of the subscription stays. False when it had ended."""
    return rows_changed(session().execute(delete(NewsSubscription).where(NewsSubscription.token == token))) == 1


def erase(email: str) -> int:
    """Everything of an address goes, at its owner's wish."""
    gone = delete(NewsSubscription).where(NewsSubscription.address_key == address_key(email))
    return rows_changed(session().execute(gone))


def forget_old() -> None:
    """Remove what nobody confirmed in time."""
    late = NewsSubscription.asked_at <= clock.now() - CONFIRM_WITHIN
    session().execute(delete(NewsSubscription).where(NewsSubscription.state == "pending", late))


def draft_issue(*, subject: str, text: str, language: str) -> int:
    """Keep an issue to be sent later; its id. Raises Invalid."""
    check_issue(subject, text)
    new = insert(NewsIssue).values(subject=subject, text=text, language=language, written_at=clock.now())
    return int(session().execute(new.returning(NewsIssue.id)).scalar_one())


def change_issue(issue_id: int, *, subject: str, text: str, language: str) -> bool:
    """Another text for a draft; False once it was sent. Raises Invalid."""
    check_issue(subject, text)
    draft = update(NewsIssue).where(NewsIssue.id == issue_id, NewsIssue.sent_at.is_(None))
    return rows_changed(session().execute(draft.values(subject=subject, text=text, language=language))) == 1


def send_issue(issue_id: int) -> bool:
    """From now on it is sent, and changes no more; False when it was before."""
    draft = update(NewsIssue).where(NewsIssue.id == issue_id, NewsIssue.sent_at.is_(None))
    return rows_changed(session().execute(draft.values(sent_at=clock.now()))) == 1
