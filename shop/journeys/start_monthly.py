"""From a gift form to the payment page that starts a monthly gift; the same steps as a single gift's:

    transaction (choose)  ->  Stripe, with our row's id as idempotency key  ->  transaction (keep the page)

Nothing is an order yet: each paid month becomes one (see `settle_monthly`).
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from shop.cart.rules import fingerprint
from shop.core import clock
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import ShopError, Unavailable
from shop.core.formats import money_text
from shop.core.languages import _, language_named, speaking, spoken
from shop.giving.queries import funds_by_id
from shop.journeys.card_testing import Visitor, count_page
from shop.journeys.open_page import CHANGING, ENOUGH_TIME
from shop.journeys.quote.gift import QuotedGift
from shop.journeys.services import Services
from shop.journeys.settle_monthly import settle_monthly
from shop.journeys.start_gift import NewGift, check_form, quoted_alone
from shop.monthly import operations as monthly
from shop.monthly.operations import NewMonthly
from shop.monthly.queries import locked, monthly_gift, started_by, waiting_for
from shop.monthly.rules import MonthlyFacts, Terms
from shop.payments.asked import keep_request, kept_request
from shop.payments.gateway import ProcessorDown, ProcessorRefused
from shop.payments.monthly import MonthlyPage, MonthlyRequest
from shop.payments.rules import pay_by

TRIES = 4


class StartedAlready(ShopError):
    """This form has started a monthly gift; `token` opens its page."""

    def __init__(self, token: str) -> None:
        super().__init__(_("This monthly gift has begun already."))
        self.token = token


def start_monthly(form: NewGift, *, services: Services, visitor: Visitor | None = None) -> str:
    """Answer with the address of the payment page.

    Raises Invalid for an amount out of bounds, NoGifts, GiftsPaused, UsedUp (too many pages from there),
    StartedAlready, and Unavailable when Stripe does not answer.
    """
    check_form(form)
    for _try in range(TRIES):
        gift = quoted_alone(form.choice)
        mark = fingerprint("monthly", form.choice, gift.amount, gift.fee_cover)
        if begun := started_by(form.key):
            raise StartedAlready(begun.token)
        if waiting := waiting_for(form.key):
            if waiting.fingerprint == mark and waiting.pay_by > clock.now() + ENOUGH_TIME:
                return _open_page(waiting.id, services)
            give_up_waiting(waiting, services)
            continue
        try:
            return _open_page(_choose(form.key, gift, mark, visitor, services), services)
        except IntegrityError:
            end_read()  # another press of the same button was first: then its page is the one to pay on
    raise Unavailable(CHANGING)


def give_up_waiting(waiting: MonthlyFacts, services: Services) -> None:
    """Close a page that nobody shall pay on any more. If Stripe will not, it was paid on: that is settled instead.

    Raises ProcessorDown and changes nothing when Stripe does not answer.
    """
    end_read()
    if waiting.session_id is not None:
        try:
            services.gateway.expire_session(waiting.session_id)
        except ProcessorRefused:
            settle_monthly(waiting.id, services)
            return
    _abandon(waiting.id, "What was chosen changed, or nobody paid.")


@again
def _abandon(gift_id: str, why: str) -> None:
    with transaction():
        if monthly.abandon(gift_id):
            monthly.note(gift_id, "abandoned", why, actor="system")


@again
def _choose(form_key: str, gift: QuotedGift, mark: str, visitor: Visitor | None, services: Services) -> str:
    new = NewMonthly(
        form_key=form_key,
        fingerprint=mark,
        terms=Terms(gift.amount, gift.fee_cover),
        cover=bool(gift.fee_cover),
        origin=gift.choice.kind,
        thank_publicly=gift.wish.thank_publicly,
        tell_partner=gift.wish.tell_partner,
        campaign_slug=gift.wish.campaign_slug,
        pay_by=pay_by(clock.now()),
        shares=tuple((share.fund.id, share.amount.minor) for share in gift.shares),
    )
    with transaction():
        count_page(visitor)
        gift_id = monthly.choose(new)
        monthly.note(gift_id, "chosen", "A monthly gift was chosen and waits for its payment.", actor="customer")
        keep_request(gift_id, _request(monthly_gift(gift_id), services))
    return gift_id


def _open_page(gift_id: str, services: Services) -> str:
    facts = monthly_gift(gift_id)
    if facts.page_url is not None:
        end_read()
        return facts.page_url
    request = kept_request(gift_id, MonthlyRequest) or _request(facts, services)
    end_read()
    try:
        page = services.gateway.open_monthly(request)
    except (ProcessorDown, ProcessorRefused) as error:
        _abandon(gift_id, "Its payment page could not be opened.")
        raise Unavailable(
            _("The payment page cannot be opened just now. Nothing was charged; please try again in a few minutes.")
        ) from error
    return _keep_page(gift_id, page)


@again
def _keep_page(gift_id: str, page: MonthlyPage) -> str:
    with transaction():
        if page.url and monthly.keep_page(gift_id, session_id=page.id, url=page.url):
            return page.url
        kept = locked(gift_id)
    if kept.page_url is not None and kept.state == "awaiting_payment":
        return kept.page_url
    raise Unavailable(CHANGING)


def _request(facts: MonthlyFacts, services: Services) -> MonthlyRequest:
    """Said once, when it is chosen: the same key must ask for the very same page, and the words of funds change."""
    with speaking(language_named(facts.language)):
        base = f"{services.base_url}{spoken().prefix}"
        names = ", ".join(fund.name for fund in funds_by_id(fund_id for fund_id, _weight in facts.shares).values())
        cover = facts.terms.fee_cover
        note = _("%(amount)s of it covers the card fee.", amount=money_text(cover)) if cover else ""
        return MonthlyRequest(
            gift_id=facts.id,
            name=_("Monthly gift to %(funds)s", funds=names),
            note=note,
            gift=facts.terms.gift,
            fee_cover=cover,
            success_url=f"{base}/monthly/return?session={{CHECKOUT_SESSION_ID}}",
            cancel_url=f"{base}/donate?resume={facts.token}",
            expires_at=facts.pay_by,
            language=facts.language,
        )
