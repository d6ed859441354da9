"""The third door: commands for people and timetables, as `flask --app app COMMAND`.

Each command opens no more than it needs, says in plain sentences what it did, and answers with an exit code: 0 for
done, 1 for a problem that it tells of, 2 for words it does not understand.
"""

from __future__ import annotations

from flask import Flask

from shop.cli import backup, doctor, house, migrations, person, staff, worker

COMMANDS = (
    backup.backup,
    backup.restore,
    doctor.doctor,
    house.books,
    house.check,
    house.demo,
    house.reconcile,
    migrations.migrations,
    person.person,
    staff.staff,
    worker.worker,
)


def register(app: Flask) -> None:
    """Give the application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
