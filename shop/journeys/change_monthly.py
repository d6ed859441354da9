"""A monthly gift in its giver's hands: found again by mail, stopped, changed; and stopped by staff."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from shop.brand.queries import brand
from shop.core import clock
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict
from shop.core.formats import money_text
from shop.core.languages import _, spoken
from shop.core.money import Money
from shop.core.outbox import promise
from shop.giving.queries import setup
from shop.journeys.quote.gift import gift_amount, limits_alone
from shop.journeys.services import Services
from shop.journeys.settle_monthly import settle_subscription
from shop.mail.rules import mail_address
from shop.monthly import operations as monthly
from shop.monthly.queries import for_fund, history_of, monthly_gift, with_token
from shop.monthly.rules import MonthlyFacts, Terms
from shop.payments.gateway import ProcessorRefused
from shop.payments.monthly import SubscriptionChange
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences

ONE_MAIL_PER = timedelta(minutes=10)


class NotRunning(Conflict):
    """There is nothing to change: it has ended, or has not begun."""

    def __init__(self) -> None:
        super().__init__(_("This monthly gift is not running, so there is nothing to change."))


@again
def find_monthly(email: str) -> None:
    """Promise a mail with the pages of that person's monthly gifts, at most one in ten minutes.

    Raises Invalid for what is no mail address; tells nobody else whether there are any.
    """
    address = mail_address(email)
    window = int(clock.now().timestamp() // ONE_MAIL_PER.total_seconds())
    key = f"{address.lower()}:{window}"[-120:]
    with transaction():
        promise("monthly_links", key=key, payload={"email": address, "key": key, "language": spoken().code})


def stop_monthly(token: str, services: Services) -> None:
    """The giver's own button: nothing is taken any more, and what was given stays. Pressing twice changes nothing.

    Raises NotFound, and ProcessorDown where Stripe does not answer: then nothing is changed.
    """
    _stop(with_token(token), services, actor="customer", reason="asked")


def stop_for_giver(*, gift_id: str, actor: str, services: Services) -> None:
    """Staff stop it, because the giver wrote or telephoned."""
    facts = monthly_gift(gift_id)
    _stop(facts, services, actor=actor, reason="asked")
    _told_stopped(facts, actor=actor)


@again
def _told_stopped(facts: MonthlyFacts, *, actor: str) -> None:
    with transaction():
        told = differences({"state": facts.state}, {"state": "stopping"}) | {"amount": str(facts.terms.total)}
        audit(actor=actor, action="monthly.stopped", subject=facts.id, details=told)


def end_monthly(payload: Json, services: Services) -> None:
    """Keep a promise to end one, such as when its fund was closed."""
    _stop(monthly_gift(str(payload["gift"])), services, actor="system", reason=str(payload["reason"]))


def promise_ends(fund_id: int) -> int:
    """A fund is closed: every monthly gift with a share for it ends, in the open transaction; returns how many."""
    found = for_fund(fund_id)
    for facts in found:
        promise("end_monthly", key=facts.id, payload={"gift": facts.id, "reason": "fund_closed"})
    return len(found)


def change_amount(token: str, minor: int, services: Services) -> Terms:
    """Another amount from the next month on; `minor` is the gift, what covers the card fee comes on top as before.

    Raises Invalid out of bounds, NotRunning, and ProcessorDown where Stripe does not answer.
    """
    facts, about, given = with_token(token), brand(), setup()
    limits = limits_alone(about, given.alone_minimum, given.alone_presets)
    gift_amount("own", minor, limits=limits, steps=())
    if not facts.running or facts.subscription_id is None:
        raise NotRunning
    gift = Money(minor, facts.currency)
    cover = given.fee.to_cover(gift, alone=True) if facts.cover else Money.zero(facts.currency)
    terms = Terms(gift, cover)
    key = f"{facts.id}-{terms.total.minor}-{cover.minor}-{len(history_of(facts.id))}"
    end_read()
    if terms == facts.terms:
        return terms
    services.gateway.change_subscription(SubscriptionChange(facts.subscription_id, gift, cover, key))
    _agree(facts.id, terms)
    return terms


@again
def _agree(gift_id: str, terms: Terms) -> None:
    with transaction():
        if monthly.agree(gift_id, terms):
            told = f"Each month brings {money_text(terms.gift)} from now on."
            monthly.note(gift_id, "amount", told, actor="customer")


def card_page(token: str, services: Services) -> str:
    """The address of Stripe's own page for this giver, where the card is changed; raises NotRunning."""
    facts = with_token(token)
    end_read()
    if facts.customer_id is None:
        raise NotRunning
    back = f"{services.base_url}{spoken().prefix}/monthly/{facts.token}"
    return services.gateway.open_portal(facts.customer_id, return_url=back, language=spoken().code)


@again
def _stop(facts: MonthlyFacts, services: Services, *, actor: str, reason: str) -> None:
    if facts.subscription_id is None:
        end_read()
        return
    with transaction():
        if monthly.mean_to_end(facts.id, reason=reason):
            monthly.note(facts.id, "stop_asked", "Asked to stop now.", actor=actor)
    with suppress(ProcessorRefused):  # it has ended already, which the settling reads
        services.gateway.end_subscription(facts.subscription_id)
    settle_subscription(facts.subscription_id, services)
