"""Letters about the difference that another size costs. They are about the sale: its number, its page, its buyer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shop.catalogue.said import options_said
from shop.core.columns import Json
from shop.core.formats import moment_text, money_text
from shop.core.languages import _
from shop.journeys.services import Services
from shop.journeys.update_letter import Words, update_letter
from shop.orders.differences import DifferenceFacts, difference_of
from shop.orders.queries import order
from shop.orders.rules import OrderFacts


def still_asked(kind: str, payload: Json) -> bool:
    """Nobody is asked for what was answered, or taken back, before the letter was written."""
    return kind != "difference_asked" or difference_of(str(payload["difference"])).waits


def _asked(facts: OrderFacts, payload: Json, services: Services) -> Words:
    sale, asked = _about(facts, payload)
    until = moment_text(asked.pay_by) if asked.pay_by else ""
    told = {"size": _size(asked), "amount": _amount(asked)}
    return update_letter(
        sale,
        services,
        _("Another size, and what it costs more"),
        _("We can send you %(size)s in place of what you ordered. It costs %(amount)s more.", **told),
        _("We keep it for you until %(until)s. Your order’s page leads to the payment.", until=until),
        _("You need not: without a payment, your order leaves in the size that you ordered."),
    )


def _paid(facts: OrderFacts, payload: Json, services: Services) -> Words:
    sale, asked = _about(facts, payload)
    arrived = _("Your payment of %(amount)s has arrived.", amount=_amount(asked))
    follows = _("You get %(size)s in place of what you ordered.", size=_size(asked))
    return update_letter(sale, services, _("Your new size"), arrived, follows)


def _lapsed(facts: OrderFacts, payload: Json, services: Services) -> Words:
    sale, asked = _about(facts, payload)
    kept = _("%(size)s is not kept for you any more, and nothing was charged.", size=_size(asked))
    leaves = _("Your order leaves in the size that you ordered.")
    return update_letter(sale, services, _("Your order stays as it was"), kept, leaves)


def _returned(facts: OrderFacts, payload: Json, services: Services) -> Words:
    sale, asked = _about(facts, payload)
    late = _("Your payment of %(amount)s came when the new size could not be given any more.", amount=_amount(asked))
    back = _("All of it goes back the way it came. Banks need five to ten working days to show it.")
    return update_letter(sale, services, _("Your order stays as it was"), late, back)


def _about(facts: OrderFacts, payload: Json) -> tuple[OrderFacts, DifferenceFacts]:
    """The sale and its difference, whichever of the two orders the letter was promised for."""
    asked = difference_of(str(payload.get("difference") or facts.id))
    return order(asked.sale_id), asked


def _size(asked: DifferenceFacts) -> str:
    return options_said(asked.new.colour, asked.new.size)


def _amount(asked: DifferenceFacts) -> str:
    return money_text(asked.total or asked.costs.goods)


DIFFERENCES: Mapping[str, Callable[[OrderFacts, Json, Services], Words]] = {
    "difference_asked": _asked,
    "difference_paid": _paid,
    "difference_lapsed": _lapsed,
    "difference_returned": _returned,
}
