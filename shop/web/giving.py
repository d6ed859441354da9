"""Where the money goes: raised, owed and paid per partner and fund, straight from the books."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from shop.books.queries import PartyBalance, party_balances
from shop.brand.queries import brand
from shop.core import clock
from shop.core.formats import moment_text
from shop.core.languages import lazy_gettext
from shop.core.mode import shown_live
from shop.giving.queries import party_names
from shop.journeys.pay_partner import obligations
from shop.payouts.queries import payouts
from shop.payouts.rules import Obligation
from shop.web.present import addresses, figures
from shop.web.present import payouts as proofs
from shop.web.public import meta, rendered, revalidated
from shop.web.view_models.stories import GivingPage

TITLE = lazy_gettext("Where the money goes")
ABOUT = lazy_gettext("What every tee and gift has raised, what is owed and what was paid out, added up from our books.")
TRIED_OUT = lazy_gettext("This store is being tried out: these sums are of test payments, and no money has moved yet.")
blueprint = Blueprint("giving", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.GIVING)
def show() -> str:
    """The books as they stand at this moment; nothing here is kept or typed."""
    currency, balances, names = brand().currency, party_balances(), party_names()
    page = GivingPage(
        meta=meta(TITLE, addresses.GIVING, ABOUT),
        standfirst=ABOUT,
        figures=figures.three_numbers(balances, currency),
        rows=figures.rows(balances, names),
        total=figures.total_row(balances, currency),
        flow=figures.flow(balances, currency),
        computed=figures.COMPUTED,
        as_of=moment_text(clock.now()),
        tried_out="" if shown_live() else str(TRIED_OUT),
        payouts=proofs.rows(payouts(voided=False), names),
        ages=proofs.ages(_debts(balances, currency), now=clock.now(), currency=currency),
    )
    return rendered("giving/giving.html", page)


def _debts(balances: Sequence[PartyBalance], currency: str) -> list[Obligation]:
    ours = [one for one in balances if one.raised.currency == currency]
    return [debt for one in ours for debt in obligations(party=one.party, kind=one.kind, currency=currency)]
