"""How long we keep what people tell us: the schedule that the worker keeps to, in words."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint

from shop.actions.rules import CONFIRM_WITHIN, NETWORK_KEPT_FOR
from shop.consents.queries import periods
from shop.core.languages import _, ngettext
from shop.web.present import addresses
from shop.web.public import meta, rendered, revalidated
from shop.web.view_models.care import HowLongPage, KeptFor

YEAR = 365
blueprint = Blueprint("how_long", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.HOW_LONG)
def show() -> str:
    """Made from the numbers that decide, so that it cannot say anything else than what is done."""
    about = _("What we keep of you, for how long, and why. A program deletes what is over, every hour.")
    return rendered(
        "care/how_long.html",
        HowLongPage(meta=meta(_("How long we keep what you tell us"), addresses.HOW_LONG, about), rows=_rows()),
    )


def _rows() -> tuple[KeptFor, ...]:
    days = periods()
    told = (
        (
            _("Who an order or a gift was for: name, address and e-mail address"),
            _span(days["orders"]),
            _("The law of books and taxes asks for it. After that the order stays without you in it."),
        ),
        (_("Letters that we wrote to you"), _span(days["letters"]), _("So that we can answer when you ask about one.")),
        (
            _("What our payment service told us of a payment"),
            _span(days["events"]),
            _("A payment can be contested for months, and has to be proved."),
        ),
        (
            _("An address that nobody confirmed"),
            _span(CONFIRM_WITHIN.days),
            _("Somebody may have typed yours by mistake."),
        ),
        (
            _("The network that a signature or a comment came from"),
            _span(NETWORK_KEPT_FOR.days),
            _("So that we can tell made-up ones apart."),
        ),
        (
            _("Your address for news, a signature or a tee that you wait for"),
            _("Until you take it back"),
            _("Each mail has a link that ends it."),
        ),
        (
            _("That you allowed something, or took it back"),
            _("Without end"),
            _("It is our proof, and names nobody: your address is not in it."),
        ),
    )
    return tuple(KeptFor(what=what, long=long, why=why) for what, long, why in told)


def _span(days: int) -> str:
    """Whole years where they are."""
    if days % YEAR == 0:
        return ngettext("%(num)s year", "%(num)s years", days // YEAR)
    return ngettext("%(num)s day", "%(num)s days", timedelta(days=days).days)
