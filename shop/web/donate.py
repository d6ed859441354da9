"""A gift by itself: the form, and the way to the payment page."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, render_template, request, url_for
from msgspec.structs import replace

from shop.brand.queries import brand
from shop.campaigns.queries import title_of
from shop.cart.rules import GiftChoice
from shop.core import codes
from shop.core.errors import Conflict, Invalid, NotFound, ShopError, TooMany, Unavailable
from shop.core.languages import _, lazy_gettext
from shop.core.money import Money
from shop.giving.queries import gift_funds, gifts_of, setup, wish_of
from shop.giving.rules import FundCard
from shop.journeys.card_testing import Visitor
from shop.journeys.open_page import AlreadyPaid
from shop.journeys.quote.gift import Limits, limits_alone
from shop.journeys.start_gift import KEY, PREFIX, NewGift, start_gift
from shop.journeys.start_monthly import StartedAlready, start_monthly
from shop.monthly.queries import with_token
from shop.orders.queries import order_with_token
from shop.orders.rules import OrderFacts
from shop.web.answers import see_other, services
from shop.web.basket import cart_here
from shop.web.errors import note_wait
from shop.web.forms import DonateForm
from shop.web.gift_choice import Typed, chosen, typed_as, typed_in
from shop.web.present import addresses
from shop.web.present.gifts import alone
from shop.web.public import meta
from shop.web.time_trap import caught
from shop.web.view_models.gifts import DonatePage
from shop.web.view_models.parts import FieldError, Notice

TITLE = lazy_gettext("Give")
ABOUT = lazy_gettext(
    "A gift by itself, without a tee. All of it is held for the fund you choose, and the books show it."
)
NEXT_STEPS = (
    lazy_gettext("You pay on our payment provider's page; your card number never reaches us."),
    lazy_gettext("A mail thanks you and brings the link to your gift's own page, with its receipt."),
    lazy_gettext("The books show the gift under Where the money goes, without your name."),
)
MONTHLY = "monthly"
SLUG = re.compile(r"[a-z0-9-]{1,80}")
blueprint = Blueprint("donate", __name__)


@blueprint.get(addresses.DONATE)
def show() -> Response:
    """The form. `?gift=`, `?own_amount=` and `?often=` carry what was chosen elsewhere; `?again=` and `?resume=` are
    the ways back from Stripe, of a single and of a monthly gift.
    """
    if token := request.args.get("again", ""):
        return _again(token)
    if token := request.args.get("resume", ""):
        return _resumed(token)
    own = request.args.get("own_amount", "").strip()[:20]
    typed = Typed(gift=request.args.get("gift", "")[:20] or ("own" if own else ""), own=own)
    typed = replace(typed, often=request.args.get("often", "")[:10])
    return _answer(typed, key=codes.new_token(), campaign=_campaign(request.args.get("campaign", "")))


@blueprint.post(addresses.DONATE)
def give() -> Response:
    """Place the gift, and send the visitor to the payment page."""
    form = DonateForm()
    typed = replace(typed_in(form), often=form.often.data or "")
    key, campaign = form.key.data or "", _campaign(form.campaign.data or "")
    if not form.validate():
        return _answer(typed, key=key, campaign=campaign, errors=form.first_errors(), status=422)
    if caught():
        told = (Notice(message=_("That was very quick. Please press the button once more."), tone="warning"),)
        return _answer(typed, key=key, campaign=campaign, notices=told, status=422)
    try:
        choice = chosen(typed, limits=_limits(), steps=(), funds=gift_funds(), campaign=campaign)
        if choice is None:
            raise Invalid(_("Choose one of the amounts."), field="gift")
        return see_other(_start(NewGift(key, choice), monthly=typed.often == MONTHLY))
    except StartedAlready as begun:
        return see_other(url_for("monthly.show", token=begun.token))
    except AlreadyPaid as paid:
        return see_other(url_for("orders.show", token=paid.token))
    except (Invalid, Conflict, TooMany, Unavailable) as error:
        return _told(typed, key, campaign, error)


def _start(gift: NewGift, *, monthly: bool) -> str:
    """The address of the payment page."""
    if monthly:
        return start_monthly(gift, services=services(), visitor=_visitor())
    return start_gift(gift, services=services(), visitor=_visitor()).url


def _visitor() -> Visitor:
    """Counted by the mark of this browser's cart, where it has one that was kept."""
    return Visitor(request.remote_addr, cart_here().browser if request.cookies else "")


def _again(token: str) -> Response:
    """Back without paying: the form as it was. A gift that was paid meanwhile shows its own page."""
    try:
        facts = order_with_token(token)
    except NotFound:
        return see_other(addresses.DONATE)
    if facts.paid_at is not None or not facts.cart_id.startswith(PREFIX):
        return see_other(url_for("orders.show", token=facts.token))
    open_still = facts.state == "awaiting_payment"
    key = facts.cart_id.removeprefix(PREFIX) if open_still else codes.new_token()
    wish = wish_of(facts.id)
    return _answer(_typed(facts, gift_funds()), key=key, campaign=wish.campaign_slug if wish else "")


def _resumed(token: str) -> Response:
    """Back without paying for a monthly gift: the form as it was. One that has begun meanwhile shows its own page."""
    try:
        facts = with_token(token)
    except NotFound:
        return see_other(addresses.DONATE)
    if facts.started_at is not None:
        return see_other(url_for("monthly.show", token=facts.token))
    funds, gift = gift_funds(), facts.terms.gift
    weights = _weights([(fund_id, Money(weight, facts.currency)) for fund_id, weight in facts.shares])
    choice = GiftChoice(
        kind="preset" if gift in _limits().presets else "own",
        minor=gift.minor,
        shares=weights if len(funds) > 1 else (),
        cover=facts.cover,
        thank=facts.thank_publicly,
        tell=facts.tell_partner,
    )
    key = facts.form_key if facts.state == "awaiting_payment" else codes.new_token()
    typed = replace(typed_as(choice, gift, funds), often=MONTHLY)
    return _answer(typed, key=key, campaign=facts.campaign_slug)


def _typed(facts: OrderFacts, funds: list[FundCard]) -> Typed:
    wish, shares = wish_of(facts.id), gifts_of(facts.id)
    preset = facts.sums.gift in _limits().presets
    choice = GiftChoice(
        kind="preset" if preset else "own",
        minor=facts.sums.gift.minor,
        shares=_weights([(share.fund.id, share.amount) for share in shares]) if len(funds) > 1 else (),
        cover=bool(facts.sums.fee_cover),
        thank=wish is not None and wish.thank_publicly,
        tell=wish is not None and wish.tell_partner,
    )
    return typed_as(choice, facts.sums.gift, funds)


def _weights(shares: list[tuple[int, Money]]) -> tuple[tuple[int, int], ...]:
    """Parts of a hundred that come nearest to the amounts; whoever pays after all sees them first."""
    if len(shares) == 1:
        return ((shares[0][0], 1),)
    parts = Money(100, shares[0][1].currency).split([amount.minor for _, amount in shares])
    return tuple((fund_id, max(part.minor, 1)) for (fund_id, _), part in zip(shares, parts, strict=True))


def _told(typed: Typed, key: str, campaign: str, error: ShopError) -> Response:
    """Beside its field where it has one; nothing typed is lost."""
    note_wait(error)
    if error.field:
        beside = (FieldError(field=error.field, message=error.message),)
        return _answer(typed, key=key, campaign=campaign, errors=beside, status=error.kind.value)
    told = (Notice(message=error.message, tone="danger"),)
    return _answer(typed, key=key, campaign=campaign, notices=told, status=error.kind.value)


def _answer(
    typed: Typed,
    *,
    key: str,
    campaign: str,
    errors: tuple[FieldError, ...] = (),
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> Response:
    funds = gift_funds()
    page = DonatePage(
        meta=meta(TITLE, addresses.DONATE, ABOUT),
        form=alone(typed, limits=_limits(), funds=funds, save_url=addresses.DONATE) if funds else None,
        often=typed.often,
        find_monthly_url=addresses.MONTHLY,
        key=key if KEY.fullmatch(key) else codes.new_token(),
        campaign=campaign,
        campaign_title=(title_of(campaign) or "") if campaign else "",
        operator=brand().operator,
        next_steps=NEXT_STEPS,
        giving_url=addresses.GIVING,
        notices=notices,
        errors=errors,
    )
    answer = make_response(render_template("donate/donate.html", page=page), status)
    answer.headers["Cache-Control"] = "no-store"  # each showing has a key of its own
    return answer


def _limits() -> Limits:
    given = setup()
    return limits_alone(brand(), given.alone_minimum, given.alone_presets)


def _campaign(slug: str) -> str:
    return slug if SLUG.fullmatch(slug) else ""
