"""`staff add` and `staff reset`: the first people are added, and the last helped, where no web page can be tricked."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import ShopError
from shop.journeys import keep_staff
from shop.staff.operations.members import COMMAND_LINE, add_member
from shop.staff.queries import account
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
@again
def add(email: str, name: str, role: str, password: str) -> None:
    """Add somebody who may sign in at /admin/."""
    try:
        with transaction():
            member = add_member(email=email, name=name, role=role, password=password)
    except ShopError as problem:
        raise click.ClickException(problem.message) from problem
    click.echo(f"{member.name} may now sign in at /admin/ as {member.email} ({member.role}).")


@staff.command()
@click.option("--email", prompt="E-mail")
@with_appcontext
def reset(email: str) -> None:
    """Forget passkeys, app and recovery codes of somebody who lost them; the password opens the set-up of others."""
    known = account(email)
    end_read()
    if known is None:
        raise click.ClickException(f"Nobody signs in as {email}.")
    keep_staff.forget_factors(known.id, actor=COMMAND_LINE)
    click.echo(f"{known.name} sets up a second factor at the next sign-in.")
