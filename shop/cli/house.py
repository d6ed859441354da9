"""Commands of the whole house: the demo movement, the invariants, the sweep, the books.

What a command needs is imported inside it: the web server registers all commands at its start and runs none.
"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command()
@click.option("--products", type=click.IntRange(1, 100_000), help="Fill the shelf to this many tees, for measuring.")
@with_appcontext
def demo(products: int | None) -> None:
    """Fill an empty store with the demo movement; repeating it changes nothing."""
    from shop.demo.seed import seed

    click.echo(seed(products=products))


@click.command()
@with_appcontext
def check() -> None:
    """Verify every invariant of the store, each by name with how much was looked at."""
    from shop.journeys.check_invariants import findings

    found = findings()
    for one in found:
        click.echo(f"{'BROKEN' if one.broken else 'ok':<7} {one.name}  ({one.checked} checked)")
        for sentence in one.broken:
            click.echo(f"        {sentence}", err=True)
    if broken := sum(1 for one in found if one.broken):
        raise click.ClickException(f"{broken} of {len(found)} invariants are broken.")
    click.echo(f"All {len(found)} invariants hold.")


@click.command()
@with_appcontext
def reconcile() -> None:
    """Settle what webhooks never told, and prove that the books say what Stripe says, to the cent."""
    from shop.journeys.reconcile import reconcile as sweep
    from shop.journeys.stripe_account import prove
    from shop.payments.queries.account import moves_apart

    services = current_app.extensions["services"]
    report = sweep(services)
    click.echo(
        f"{report.pages} payment pages, {report.lost_pages} lost pages, {report.fees} fees, {report.refunds} refunds, "
        f"{report.events} lost events, {report.monthly} monthly gifts, {report.moves} new balance transactions."
    )
    proofs = prove(None if report.troubles else services)
    for proof in proofs:
        click.echo(f"{proof.currency}: Stripe's transactions add up to {proof.kept}, the books say {proof.books}.")
        for gap in proof.gaps:
            click.echo(f"gap: {gap.amount} for {gap.about}", err=True)
    if apart := moves_apart():
        click.echo(f"{apart} transactions of Stripe's test mode are kept apart; they count nowhere.")
    for trouble in report.troubles:
        click.echo(f"look again: {trouble}", err=True)
    if report.troubles:
        raise click.ClickException(f"{len(report.troubles)} could not be settled now; the next sweep tries again.")
    if gaps := sum(len(proof.gaps) for proof in proofs):
        raise click.ClickException(f"{gaps} gaps between the books and Stripe; each is named above.")


@click.group()
def books() -> None:
    """The double-entry books."""


@books.command()
@with_appcontext
def verify() -> None:
    """Compute the hash chain of the journal again: nothing was changed, nothing removed."""
    from shop.books.chain import verify_chain

    report = verify_chain()
    if report.broken_at is not None:
        raise click.ClickException(
            f"The chain breaks at entry {report.broken_at}: it, or one before it, was changed or removed. "
            "Compare with the latest backup."
        )
    click.echo(f"The chain is whole: {report.entries} entries.")
