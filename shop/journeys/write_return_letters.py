"""Letters about what is sent back: that it was asked, how it was answered, and that a withdrawal was received."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shop.brand.queries import brand
from shop.catalogue.said import tee_said
from shop.core.columns import Json
from shop.core.database import end_read
from shop.core.formats import moment_text
from shop.core.languages import _, language_named, speaking, spoken
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.mail.letters import ReturnLetter, Sender
from shop.orders.queries import lines_of, order
from shop.orders.rules import OrderFacts
from shop.returns.queries import return_by_id
from shop.returns.rules import ReturnFacts

Words = tuple[str, tuple[str, ...]]  # heading, sentences


def write_return_letter(payload: Json, services: Services) -> None:
    """Keep the promise of a letter about a return. Without an address there is nobody to write to."""
    asked, kind, about = return_by_id(str(payload["return"])), str(payload["kind"]), brand()
    facts = order(asked.order_id) if asked.order_id else None
    lines = _lines(asked)
    end_read()
    if not asked.email:
        return
    with speaking(language_named(asked.language)):
        heading, sentences = _KINDS[kind](asked)
        given = ReturnLetter(
            brand=Sender(name=about.name, operator=about.operator),
            heading=heading,
            sentences=sentences,
            stated=_statement(asked) if kind == "withdrawal" else lines,
            # A statement by number and mail alone does not show the way to an order's page to whoever made it.
            order_url=f"{services.base_url}{spoken().prefix}/orders/{facts.token}"
            if facts and facts.email == asked.email
            else "",
            contact=about.contact_email,
        )
        order_id = asked.order_id
        post_letter(kind, asked.id, asked.email, heading, "order_return", given, services, order_id=order_id)


def _page(facts: OrderFacts | None, asked: ReturnFacts, services: Services) -> str:
    """Whoever stated something about an order of somebody else's is not shown the way to its page."""
    if facts is None or (facts.email or "").casefold() != asked.email.casefold():
        return ""
    return f"{services.base_url}{spoken().prefix}/orders/{facts.token}"


def _lines(asked: ReturnFacts) -> tuple[tuple[str, str], ...]:
    bought = lines_of(asked.order_id or "")
    names = {line.id: tee_said(line.product_id, line.title, line.colour, line.size) for line in bought}
    return tuple((names.get(line_id, ""), f"× {quantity}") for line_id, quantity, _reason in asked.lines)


def _statement(asked: ReturnFacts) -> tuple[tuple[str, str], ...]:
    """What was stated, word for word, with its date and time."""
    what = _("the whole order") if asked.everything else asked.words
    more = asked.words if asked.everything else ""
    rows = (
        (_("Statement"), _("I withdraw from the contract.")),
        (_("Name"), asked.name),
        (_("Order"), asked.number),
        (_("What it is about"), what),
        (_("In your words"), more),
        (_("Your gift"), _("shall come back too") if asked.gift_back else ""),
        (_("Received"), moment_text(asked.asked_at)),
    )
    return tuple((label, value) for label, value in rows if value)


def _withdrawal(_asked: ReturnFacts) -> Words:
    return (
        _("We received your withdrawal"),
        (
            _("This confirms what you stated and when. Keep it; you need nothing else."),
            _(
                "What was not sent yet is paid back at once. What you have is paid back when it is here, or when you "
                "show us that you sent it, within 14 days."
            ),
        ),
    )


def _asked(_found: ReturnFacts) -> Words:
    return (
        _("We received your request"),
        (_("We look at it and answer by mail, mostly within two working days. Please keep the tees until then."),),
    )


def _approved(asked: ReturnFacts) -> Words:
    return (
        _("Please send it back"),
        (
            asked.answer or _("Send it to the address on your parcel, with your order number on a note inside."),
            _("When it is here we give the money back, the way it came."),
        ),
    )


def _refused(asked: ReturnFacts) -> Words:
    return _("About your return"), (asked.answer, _("If you see it differently, just answer this mail."))


_KINDS: Mapping[str, Callable[[ReturnFacts], Words]] = {
    "withdrawal": _withdrawal,
    "return_asked": _asked,
    "return_approved": _approved,
    "return_refused": _refused,
}
