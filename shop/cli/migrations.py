"""`flask --app app db ...`: Flask-Migrate's commands, loaded when one of them is called.

Alembic and its templates take 25 MB and a fifth of a second, which a process that serves does without.
"""

from __future__ import annotations

from typing import Any

import click


class Migrations(click.Command):
    """Stands for Flask-Migrate's group until somebody calls it."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        from flask_migrate import cli  # type: ignore[attr-defined]  # it brings no types

        context: click.Context = cli.db.make_context(info_name, args, parent, **extra)
        return context


migrations = Migrations("db", help="Bring the database to the newest schema, or back.")
