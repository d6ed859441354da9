"""`staff add`: the first people who may sign in are added here, where no web page can be tricked into it."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from shop.core.database import transaction
from shop.core.errors import ShopError
from shop.staff.operations.members import add_member
from shop.staff.rules.permissions import ROLES


@click.group()
def staff() -> None:
    """The people who run the store."""


@staff.command()
@click.option("--email", prompt="E-mail")
@click.option("--name", prompt="Name (it stands in the timelines of orders)")
@click.option("--role", type=click.Choice(list(ROLES)), prompt="Role")
@click.option(
    "--password",
    prompt="Password (12 characters or more)",
    hide_input=True,
    confirmation_prompt=True,
    help="Asked for when left out, which keeps it out of the shell's history.",
)
@with_appcontext
def add(email: str, name: str, role: str, password: str) -> None:
    """Add somebody who may sign in at /admin/."""
    try:
        with transaction():
            member = add_member(email=email, name=name, role=role, password=password)
    except ShopError as problem:
        raise click.ClickException(problem.message) from problem
    click.echo(f"{member.name} may now sign in at /admin/ as {member.email} ({member.role}).")
