"""Reads of comments."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from shop.comments.models import CommentBoard, CommentRow
from shop.comments.rules import Board, Comment
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _

SHOWN = 100
_BOARD = select(CommentBoard.campaign_id, CommentBoard.open, CommentBoard.counted)
_COMMENT: AnySelect = select(
    CommentRow.id,
    CommentRow.campaign_id,
    CommentRow.name,
    CommentRow.text,
    CommentRow.state,
    CommentRow.heavy,
    CommentRow.token,
    CommentRow.written_at,
    CommentRow.decided_by,
)


def board_of(campaign_id: int) -> Board:
    """A story's board; closed where staff never opened it."""
    row = session().execute(_BOARD.where(CommentBoard.campaign_id == campaign_id)).one_or_none()
    return Board(*row) if row else Board(campaign_id, open=False, counted=False)


def boards() -> dict[int, Board]:
    """All that were ever opened, by campaign."""
    return {row.campaign_id: Board(*row) for row in session().execute(_BOARD)}


def board_with_shown(campaign_id: int) -> tuple[Board, list[Comment]]:
    """A story's board, and under an open one the newest `SHOWN` that staff have let be read, oldest first."""
    shown = and_(CommentRow.campaign_id == CommentBoard.campaign_id, CommentRow.state == "shown", CommentBoard.open)
    both = _COMMENT.add_columns(*_BOARD.selected_columns).select_from(CommentBoard).outerjoin(CommentRow, shown)
    mine = both.where(CommentBoard.campaign_id == campaign_id)
    newest = mine.order_by(CommentRow.written_at.desc(), CommentRow.id.desc()).limit(SHOWN)
    rows = [tuple(row) for row in session().execute(newest)]
    if not rows:
        return Board(campaign_id, open=False, counted=False), []
    of_comment = len(_COMMENT.selected_columns)
    board = Board(*rows[0][of_comment:])
    return board, [Comment(*row[:of_comment]) for row in rows if row[0] is not None][::-1]


def count_under(campaign_id: int) -> int:
    """How many of a story's comments are shown."""
    counted = select(func.count()).where(CommentRow.campaign_id == campaign_id, CommentRow.state == "shown")
    return session().execute(counted).scalar_one()


def queue(*, limit: int = 50) -> list[Comment]:
    """Those that wait, heavy ones first, then the oldest."""
    waiting = _COMMENT.where(CommentRow.state == "waiting")
    rows = session().execute(waiting.order_by(CommentRow.heavy.desc(), CommentRow.written_at).limit(limit))
    return [Comment(*row) for row in rows]


def decided(*, limit: int = 30) -> list[Comment]:
    """The last ones that staff decided about, newest first."""
    done = _COMMENT.where(CommentRow.state != "waiting")
    return [Comment(*row) for row in session().execute(done.order_by(CommentRow.decided_at.desc()).limit(limit))]


def state_of(comment_id: str) -> str | None:
    """Whether one waits, is shown or was refused; None for no such."""
    return session().execute(select(CommentRow.state).where(CommentRow.id == comment_id)).scalar_one_or_none()


def comment_with_token(token: str) -> Comment:
    """The comment whose writer kept this link; raises NotFound."""
    row = session().execute(_COMMENT.where(CommentRow.token == token)).one_or_none()
    if row is None:
        raise NotFound(_("This link does not work any more: the comment is gone."))
    return Comment(*row)
