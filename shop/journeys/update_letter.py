"""What letters about an order share: a heading with sentences, the order's page, who writes."""

from __future__ import annotations

from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.core.languages import _, spoken
from shop.journeys.services import Services
from shop.mail.letters import OrderUpdate, Sender
from shop.orders.rules import OrderFacts

Words = tuple[str, str, object]  # subject, template, what the template is given


def update_letter(facts: OrderFacts, services: Services, heading: str, *sentences: str) -> Words:
    """News of an order, in the language spoken."""
    about = brand()
    given = OrderUpdate(
        brand=sender_of(about),
        number=facts.number,
        order_url=page_url(facts, services),
        heading=heading,
        sentences=sentences,
        contact=about.contact_email,
    )
    return news_of(facts), "order_update", given


def news_of(facts: OrderFacts) -> str:
    """The subject of such a letter."""
    if facts.kind == "gift":
        return _("News of your gift %(number)s", number=facts.number)
    return _("News of your order %(number)s", number=facts.number)


def sender_of(about: BrandView) -> Sender:
    """Who writes."""
    return Sender(name=about.name, operator=about.operator)


def page_url(facts: OrderFacts, services: Services) -> str:
    """The order's own page."""
    return f"{services.base_url}{spoken().prefix}/orders/{facts.token}"
