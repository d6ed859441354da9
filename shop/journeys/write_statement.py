"""A year of somebody's gifts in one letter, sent to the address on record and shown nowhere else."""

from __future__ import annotations

from shop.brand.queries import brand
from shop.core.columns import Json
from shop.core.formats import date_text, money_text
from shop.core.money import total
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.mail.letters import GivingStatement, Sender, Stated
from shop.orders.queries.counted import given_in
from shop.receipts.queries import receipts_of_all
from shop.receipts.rules import ReceiptFacts


def write_statement(payload: Json, services: Services) -> None:
    """Keep the promise of `ask_for_statement`; nothing where nothing that was given in that year is kept."""
    year, orders = int(payload["year"]), given_in(str(payload["email"]), int(payload["year"]))
    by_order = receipts_of_all(facts.id for facts in orders)
    held = [one for facts in orders for one in by_order.get(facts.id, []) if one.state == "issued"]
    if not held or not (recipient := orders[0].email):
        return
    about = brand()
    given = GivingStatement(
        brand=Sender(name=about.name, operator=about.operator),
        year=year,
        rows=tuple(_row(one) for one in held),
        total=money_text(total((one.content.gift for one in held), held[0].content.gift.currency)),
        contact=about.contact_email,
    )
    subject = f"What you gave in {year}"
    post_letter("giving_statement", str(payload["key"]), recipient, subject, "giving_statement", given, services)


def _row(receipt: ReceiptFacts) -> Stated:
    return Stated(day=date_text(receipt.content.paid_on), receipt=receipt.name, amount=money_text(receipt.content.gift))
