"""Writes of comments. All assume an open transaction."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import delete, insert, update

from shop.comments.models import CommentBoard, CommentRow
from shop.comments.rules import NETWORK_KEPT_FOR
from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session


def set_board(*, campaign_id: int, open: bool, counted: bool) -> None:
    """Whether a story takes comments from now on, and whether their number is shown."""
    values = {"open": open, "counted": counted}
    if not insert_once(CommentBoard, {"campaign_id": campaign_id, **values}):
        session().execute(update(CommentBoard).where(CommentBoard.campaign_id == campaign_id).values(**values))


def write(*, campaign_id: int, name: str, text: str, heavy: bool, network: str) -> str:
    """Keep a comment until staff have read it; the token by which its writer can take it back."""
    token = codes.new_token()
    session().execute(
        insert(CommentRow).values(
            id=codes.new_id(),
            campaign_id=campaign_id,
            name=name,
            text=text,
            state="waiting",
            heavy=heavy,
            network=network,
            token=token,
            written_at=clock.now(),
        )
    )
    return token


def decide(comment_id: str, *, state: Literal["shown", "refused"], by: str) -> bool:
    """Show or refuse it; False where that was decided before, or its writer took it back."""
    row = update(CommentRow).where(CommentRow.id == comment_id, CommentRow.state != state)
    return rows_changed(session().execute(row.values(state=state, decided_by=by, decided_at=clock.now()))) == 1


def take_back(token: str) -> bool:
    """Its writer removes it; nothing stays."""
    return rows_changed(session().execute(delete(CommentRow).where(CommentRow.token == token))) == 1


def forget_old() -> None:
    """Networks are forgotten after a while."""
    old = CommentRow.written_at <= clock.now() - NETWORK_KEPT_FOR
    rows = update(CommentRow).where(old, CommentRow.network.is_not(None))
    session().execute(rows.values(network=None))
