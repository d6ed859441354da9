"""Many lives in one test: a SQLite store is put back to how it was, in a millisecond."""

from __future__ import annotations

import shutil
from pathlib import Path

from shop.brand.queries import forget
from shop.core.database import db


class Rewinding:
    """Remembers the database as it is now."""

    def __init__(self) -> None:
        self._file = Path(str(db.engine.url.database))
        self._let_go()
        self._kept = self._file.with_suffix(".start")
        shutil.copyfile(self._file, self._kept)

    def back_to_the_start(self) -> None:
        """Forget everything since."""
        self._let_go()
        shutil.copyfile(self._kept, self._file)

    def _let_go(self) -> None:
        """With its last connection SQLite writes its log into the file and removes it."""
        db.session.remove()
        db.engine.dispose()
        forget()
