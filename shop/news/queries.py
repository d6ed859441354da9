"""Reads of news."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from shop.core.columns import Json
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.news.models import NewsIssue, NewsSubscription
from shop.news.rules import Issue, Subscription, address_key

_SUBSCRIPTION = select(
    NewsSubscription.id,
    NewsSubscription.email,
    NewsSubscription.language,
    NewsSubscription.token,
    NewsSubscription.state,
    NewsSubscription.asked_at,
)
_ISSUE = select(NewsIssue.id, NewsIssue.subject, NewsIssue.text, NewsIssue.language, NewsIssue.sent_at)


def subscription(subscription_id: str) -> Subscription | None:
    """One subscription by its id, if it is still there."""
    return _one(NewsSubscription.id == subscription_id)


def subscription_of(email: str) -> Subscription | None:
    """The subscription of an address, if there is one."""
    return _one(NewsSubscription.address_key == address_key(email))


def subscription_with_token(token: str) -> Subscription:
    """The subscription whose owner got this link; raises NotFound."""
    found = _one(NewsSubscription.token == token)
    if found is None:
        raise NotFound(_("This link does not work any more: no news goes to its address."))
    return found


def readers(language: str) -> list[str]:
    """Ids of everybody who is confirmed and reads this language."""
    wanted = select(NewsSubscription.id).where(
        NewsSubscription.state == "confirmed", NewsSubscription.language == language
    )
    return list(session().execute(wanted.order_by(NewsSubscription.id)).scalars())


def counts() -> dict[tuple[str, str], int]:
    """How many subscriptions, by language and state."""
    grouped = select(NewsSubscription.language, NewsSubscription.state, func.count())
    rows = session().execute(grouped.group_by(NewsSubscription.language, NewsSubscription.state))
    return {(language, state): count for language, state, count in rows}


def issues() -> list[Issue]:
    """Newest first."""
    return [Issue(*row) for row in session().execute(_ISSUE.order_by(NewsIssue.id.desc()).limit(100))]


def issue(issue_id: int) -> Issue:
    """One issue; raises NotFound."""
    row = session().execute(_ISSUE.where(NewsIssue.id == issue_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such issue.")
    return Issue(*row)


def known_of(email: str) -> list[Json]:
    """Everything kept of an address, for its owner."""
    kept = (NewsSubscription.email, NewsSubscription.language, NewsSubscription.state, NewsSubscription.asked_at)
    rows = session().execute(select(*kept).where(NewsSubscription.address_key == address_key(email)))
    return [{**row._mapping} for row in rows]


def _one(condition: ColumnElement[bool]) -> Subscription | None:
    row = session().execute(_SUBSCRIPTION.where(condition)).one_or_none()
    return Subscription(*row) if row else None
