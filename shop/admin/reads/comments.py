"""Stories beside their comments."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from shop.campaigns.models import Campaign
from shop.comments.queries import boards
from shop.comments.rules import Board
from shop.core.database import session


class BoardRow(Struct, frozen=True):
    """A story and its board."""

    title: str
    sensitive: bool
    board: Board


def titles() -> dict[int, str]:
    """Of all stories, by id."""
    return dict(session().execute(select(Campaign.id, Campaign.title)).all())


def board_rows() -> list[BoardRow]:
    """Every story, in the order of the lists; those never opened are closed."""
    known = boards()
    named = select(Campaign.id, Campaign.title, Campaign.sensitive).order_by(Campaign.position, Campaign.id)
    return [
        BoardRow(title, sensitive, known.get(key) or Board(key, open=False, counted=False))
        for key, title, sensitive in session().execute(named)
    ]
