"""The mark of the catalogue's last change."""

from __future__ import annotations

from sqlalchemy import update

from shop.catalogue.models import CatalogueMark
from shop.core import codes
from shop.core.database import insert_once, rows_changed, session


def note_change() -> None:
    """Leave another mark, in the transaction of the change: whoever keeps the shelf in memory then reads it again.

    Those who change the catalogue at once wait for each other here, so no mark is seen before all that it stands for.
    """
    mark = codes.new_id()
    while not _set(mark) and not insert_once(CatalogueMark, {"id": 1, "mark": mark}):
        pass  # somebody else wrote the first mark just now


def _set(mark: str) -> bool:
    there = update(CatalogueMark).where(CatalogueMark.id == 1).values(mark=mark)
    return rows_changed(session().execute(there, execution_options={"synchronize_session": False})) == 1
