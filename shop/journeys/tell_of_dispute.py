"""Letters about disputes: staff are told when one opens and how it ends, the buyer what a lost one means for them."""

from __future__ import annotations

from shop.core.columns import Json
from shop.core.formats import date_text, money_text
from shop.core.languages import _
from shop.core.money import Money
from shop.journeys.services import Services
from shop.journeys.update_letter import Words, update_letter
from shop.journeys.write_to_us import alert_staff
from shop.orders.queries import lines_of, order
from shop.orders.rules import OrderFacts
from shop.payments.queries.disputes import DisputeFacts, disputes_of

ENDS = {
    "won": ("The bank decided for us", "{amount} is ours again, and counts as it did. Stripe keeps the fee."),
    "lost": (
        "The bank decided for the customer",
        "{amount} and the fee are lost. The order’s page says what is left of its gift and pledge.",
    ),
    "warning_closed": ("A bank’s inquiry is over", "It ended without a dispute; nothing was taken."),
    "prevented": ("A dispute was prevented", "Nothing more is taken."),
}


def write_dispute_alert(payload: Json, services: Services) -> None:
    """Keep the promise of a letter to staff about a dispute: one when it opens, one when it ends. Safe to repeat."""
    facts, told = order(str(payload["order"])), str(payload["told"])
    found = next(one for one in disputes_of(facts.id) if one.id == payload["dispute"])
    heading, message = ENDS.get(told, ("", "")) if told != "opened" else ("A payment is contested", _opened(found))
    message = message.format(amount=money_text(found.amount))
    alert_staff(
        heading=f"{heading}: {'gift' if facts.kind == 'gift' else 'order'} {facts.number}",
        message=" ".join((message, *_parcel(facts, told))),
        facts=_sums(facts, found, told),
        services=services,
        key=f"dispute:{found.id}:{told}",
        action=("See it", f"{services.base_url}/admin/orders/{facts.id}"),
    )


def dispute_lost(facts: OrderFacts, payload: Json, services: Services) -> Words:
    """To the buyer: what the bank took back, and which receipt no longer holds."""
    amount = money_text(Money(int(payload["amount"]), facts.currency))
    said = _("Your bank decided that %(amount)s of this payment goes back to you. It pays you itself.", amount=amount)
    sentences = [said]
    if payload.get("void"):
        sentences.append(_("Receipt %(name)s is void with it: please do not use it.", name=payload["void"]))
    if payload.get("made"):
        sentences.append(_("Receipt %(name)s says what you gave and we keep.", name=payload["made"]))
    sentences.append(_("There is nothing for you to do. If you did not expect this, answer this letter."))
    return update_letter(facts, services, _("Your bank took the payment back"), *sentences)


def _opened(found: DisputeFacts) -> str:
    taken = "It has taken the money and Stripe a fee, until it has decided. " if found.withdrawn else ""
    if found.status.startswith("warning"):
        taken = "It only asks so far; nothing was taken. "
    until = f" by {date_text(found.due_by.date())}" if found.due_by else ""
    return (
        f"The customer’s bank contests {{amount}}. {taken}Answer{until} under Disputes in Stripe’s dashboard, with "
        "what was bought, where it was sent and its tracking number. Without an answer it is lost."
    )


def _parcel(facts: OrderFacts, told: str) -> tuple[str, ...]:
    if facts.kind != "sale":
        return ()
    if any(line.packed_quantity for line in lines_of(facts.id)):
        return ("At least a part of it was packed or sent before.",)
    if told == "opened":
        return ("The order is on hold and does not leave by itself.",)
    if told == "lost":
        return ("Its tees are still here: cancel what is left of the order to put them on sale again.",)
    return ("The order can leave.",)


def _sums(facts: OrderFacts, found: DisputeFacts, told: str) -> tuple[tuple[str, str], ...]:
    code = facts.currency
    rows = [
        ("The bank’s reason", found.reason.replace("_", " ")),
        ("Paid", money_text(facts.sums.total)),
        ("Contested", money_text(found.amount)),
        ("Taken now", money_text(Money(found.withdrawn, code))),
        ("Stripe’s fee for it", money_text(Money(found.fee, code))),
    ]
    if told == "opened" and found.due_by:
        rows.append(("Answer by", date_text(found.due_by.date())))
    return tuple(rows)
