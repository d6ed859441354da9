"""Letters about nothing that happened, so that staff see their words where readers will; every fact says so."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.core import clock
from shop.core.formats import moment_text, money_text
from shop.core.languages import Language, _, speaking, spoken
from shop.core.money import Money
from shop.journeys.order_words import sums_in_words
from shop.journeys.services import Services
from shop.journeys.write_letters import ARRIVAL, order_letter
from shop.journeys.write_monthly_letters import monthly_letter
from shop.mail.added import Added
from shop.mail.letters import Bought, OrderConfirmation, OrderRefunded, RestockLetter, Sender
from shop.mail.templates import render
from shop.monthly.rules import MonthlyFacts, Terms
from shop.orders.rules import OrderFacts, OrderTax, Sums

NUMBER, NOBODYS = "0000-0000", "example"  # an order's number and an address, neither of which any order has


def sample_letter(kind: str, language: Language, added: Added, services: Services) -> tuple[str, str, str]:
    """Subject, plain text and HTML of a letter of this kind, one of `KINDS`, with these words."""
    with speaking(language):
        subject, template, given = _sample(kind, brand(), services)
        return (subject, *render(template, {"letter": given}, added))


def _sample(kind: str, about: BrandView, services: Services) -> tuple[str, str, object]:
    sender, money = Sender(name=about.name, operator=about.operator), about.gift_minimum
    if kind == "restock_offer":
        offer = RestockLetter(
            brand=sender,
            tee=_("A tee, as an example"),
            confirmed=False,
            until=moment_text(clock.now() + timedelta(days=2)),
            url=f"{services.base_url}{spoken().prefix}/restock/{NOBODYS}",
            contact=about.contact_email,
        )
        return _("It is back"), kind, offer
    if kind in ("monthly_refused", "monthly_ended"):
        payload = {"next": clock.now().isoformat()}
        subject, monthly = monthly_letter(kind, _monthly(money), payload, about, services)
        return subject, "monthly", monthly
    facts = _order("gift" if kind == "gift_thanks" else "tees", money)
    if kind == "order_refunded":
        refunded = OrderRefunded(
            brand=sender,
            number=NUMBER,
            order_url=f"{services.base_url}{spoken().prefix}/orders/{NOBODYS}",
            amount=money_text(money),
            parts=sums_in_words(facts.sums, delivery_name=""),
            reason=_("We are giving back everything you paid."),
            arrival=str(ARRIVAL),
            contact=about.contact_email,
        )
        return _("Money back for order %(number)s", number=NUMBER), kind, refunded
    today = clock.now().date().isoformat()
    subject, template, given = order_letter(kind, facts, {"by": today, "why": "…"}, services)
    if isinstance(given, OrderConfirmation):
        tee = Bought(name=_("A tee, as an example"), options="M", quantity=1, total=money_text(money))
        given = replace(given, lines=(tee,))
    return subject, template, given


def _order(kind: str, money: Money) -> OrderFacts:
    none, now = Money.zero(money.currency), clock.now()
    gift = kind == "gift"
    return OrderFacts(
        id=NOBODYS,
        number=NUMBER,
        token=NOBODYS,
        cart_id=NOBODYS,
        fingerprint="",
        kind=kind,
        state="paid",
        sums=Sums(none if gift else money, none, none, none, money if gift else none, none),
        tax=OrderTax(),
        country="",
        delivery_name="",
        pickup=True,
        adaptive_pricing=False,
        note="",
        email=None,
        ship_to=None,
        pay_by=now,
        placed_at=now,
        paid_at=now,
        fulfilled_at=None,
        cancelled_at=None,
        cancel_reason=None,
        returned=Sums(*(none for _part in range(6))),
    )


def _monthly(money: Money) -> MonthlyFacts:
    return MonthlyFacts(
        id=NOBODYS,
        token=NOBODYS,
        form_key="",
        fingerprint="",
        state="active",
        terms=Terms(money, Money.zero(money.currency)),
        cover=False,
        origin="",
        thank_publicly=False,
        tell_partner=False,
        campaign_slug="",
        language="en",
        email=None,
        session_id=None,
        page_url=None,
        pay_by=clock.now(),
        subscription_id=None,
        customer_id=None,
        chosen_at=clock.now(),
        started_at=None,
        next_on=None,
        stops_on=None,
        ended_at=None,
        end_reason=None,
        shares=(),
    )
