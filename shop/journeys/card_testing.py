"""Against strangers who try stolen cards on us: limits before any payment page, and a breaker when cards are declined.

Whoever tests cards needs many payment pages. They are counted in our own database, in the transaction that places the
order, by browser and by network; and when many cards are declined within minutes, gifts by themselves (what testers
like best: any amount, nothing sent) are paused, and staff are written to. Tees go on being sold.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address

from msgspec import Struct

from shop.core import rates
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict
from shop.core.languages import _
from shop.core.networks import network_of
from shop.core.rates import Rate, UsedUp
from shop.journeys.services import Services
from shop.journeys.write_to_us import alert_staff
from shop.payments.operations import pause_gifts, resume_gifts, set_adaptive_pricing
from shop.payments.queries.till import till
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences

MINUTES, DAY = timedelta(minutes=10), timedelta(days=1)
OF_A_BROWSER = ((5, MINUTES), (20, DAY))
OF_A_NETWORK = ((30, MINUTES), (200, DAY))  # a campus or an office shares one
CODES_OF_A_BROWSER = (20, MINUTES)
CODES_OF_A_NETWORK = (60, MINUTES)
DECLINES = 20  # in ten minutes; a quiet store sees a few a day
WHY = f"More than {DECLINES} cards were declined within ten minutes."

ALARM = (
    f"{WHY} Somebody may be trying stolen cards. Tees go on being sold. "
    "Look at Stripe's dashboard, then take gifts again under Tax & delivery in the back office."
)


class GiftsPaused(Conflict):
    """Gifts by themselves are not taken for a while."""

    def __init__(self) -> None:
        super().__init__(_("We are not taking gifts by themselves for a short while. Please try again later today."))


class Visitor(Struct, frozen=True):
    """Who asks for a payment page: an IP address, and the random mark of a browser (empty where it has none)."""

    address: str | None
    browser: str


def count_page(visitor: Visitor | None) -> None:
    """Count a payment page that is about to be opened, in the open transaction; raises UsedUp beyond the limits.

    Behind a proxy that does not say whom it speaks for, everybody comes from the loopback: then browsers alone count,
    because a limit that all visitors share would close the store.
    """
    if visitor is None:
        return
    counted = [Rate("page_browser", visitor.browser, *limit) for limit in OF_A_BROWSER if visitor.browser]
    if not _loopback(visitor.address):
        network = network_of(visitor.address)
        counted += [Rate("page_network", network, *limit) for limit in OF_A_NETWORK]
    rates.use(counted)


@again
def count_code(visitor: Visitor) -> None:
    """Count a discount code that was typed: guessing them must take years. Raises UsedUp beyond the limits."""
    counted = [Rate("code_browser", visitor.browser, *CODES_OF_A_BROWSER)] if visitor.browser else []
    if not _loopback(visitor.address):
        counted.append(Rate("code_network", network_of(visitor.address), *CODES_OF_A_NETWORK))
    if counted:
        with transaction():
            rates.use(counted)


def note_decline(services: Services) -> None:
    """A card was declined. Beyond the limit gifts are paused, once, and staff are told."""
    try:
        _count_decline()
    except UsedUp:
        if _trip():
            alert_staff(
                heading="Gifts by themselves are paused",
                message=ALARM,
                facts=(),
                services=services,
            )


@again
def _count_decline() -> None:
    with transaction():
        rates.use([Rate("declines", "store", DECLINES, MINUTES)])


@again
def _trip() -> bool:
    with transaction():
        return pause_gifts(WHY)


@again
def set_gifts_paused(paused: bool, *, actor: str) -> None:
    """Staff's own switch."""
    with transaction():
        if pause_gifts("Staff paused them.") if paused else resume_gifts():
            action = "till.gifts_paused" if paused else "till.gifts_resumed"
            told = differences({"gifts paused": not paused}, {"gifts paused": paused})
            audit(actor=actor, action=action, subject="payments", details=told)


@again
def let_pay_in_own_currency(enabled: bool, *, actor: str) -> None:
    """Stripe's adaptive pricing, for pages opened from now on."""
    with transaction():
        told = differences({"own currency": till().adaptive_pricing}, {"own currency": enabled})
        set_adaptive_pricing(enabled)
        audit(actor=actor, action="till.adaptive_pricing", subject="payments", details=told)


def _loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
