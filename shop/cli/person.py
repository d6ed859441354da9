"""`person`: what is kept of an address outside of orders, and its erasure."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from shop.core.errors import Invalid
from shop.journeys import own_data

person = AppGroup("person", help="What is kept of an e-mail address outside of orders.")


@person.command()
@click.argument("email")
def show(email: str) -> None:
    """Print every row of an address."""
    try:
        found = own_data.known_of(email)
    except Invalid as problem:
        raise click.ClickException(problem.message) from problem
    for name, rows in found.items():
        click.echo(f"{name}: {len(rows)}")
        for row in rows:
            click.echo("  " + ", ".join(f"{key} {value}" for key, value in row.items()))


@person.command()
@click.argument("email")
def erase(email: str) -> None:
    """Remove them. Orders and what belongs to them stay, as bookkeeping law asks."""
    try:
        gone = own_data.erase(email, actor="command line")
    except Invalid as problem:
        raise click.ClickException(problem.message) from problem
    click.echo(", ".join(f"{count} {name}" for name, count in gone.items()) + " removed")
