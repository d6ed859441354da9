"""Staff decide on gifts: where the operator is and what it is, the amounts on offer, the funds and their routes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace

from shop.brand.operations import set_brand
from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.core.formats import money_short
from shop.core.money import Money, decimals
from shop.giving import operations as giving
from shop.giving.queries import Setup, accounts_of_funds, fund_of_account, fund_standing, setup
from shop.giving.routes import Account, Operator
from shop.giving.rules import CardFee
from shop.journeys.change_monthly import promise_ends
from shop.journeys.services import Services
from shop.payments.connect import AccountReport
from shop.payments.gateway import ProcessorRefused
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences

ACCOUNT = re.compile(r"acct_[A-Za-z0-9]{6,60}")
LEAST_UNITS = 2  # the smallest gift by itself that staff may allow, in whole units of the currency


class Amounts(Struct, frozen=True):
    """What is offered: `presets` and `least` beside goods, `alone_*` for a gift by itself, `most` for both."""

    presets: Sequence[Money]
    least: Money
    most: Money
    steps: Sequence[Money]
    alone_presets: Sequence[Money]
    alone_least: Money


@again
def set_giving(*, operator: Operator, fee: CardFee, amounts: Amounts, actor: str) -> None:
    """Write what decides on gifts. Raises Invalid beside the field that contradicts itself."""
    _check(amounts)
    chosen = Setup(
        operator=operator,
        fee=fee,
        alone_minimum=amounts.alone_least.minor,
        alone_presets=tuple(preset.minor for preset in amounts.alone_presets),
    )
    was = brand()
    now = replace(
        was,
        gift_presets=tuple(amounts.presets),
        gift_minimum=amounts.least,
        gift_maximum=amounts.most,
        round_up_steps=tuple(amounts.steps),
    )
    before = _told(setup(), was)
    with transaction():
        giving.set_up(chosen)
        set_brand(now)
        audit(actor=actor, action="giving.set", subject="gifts", details=differences(before, _told(chosen, now)))


@again
def make_fund(*, slug: str, name: str, purpose: str, route: str, actor: str) -> int:
    """A new fund on a route; whether it may take gifts is the law's to say. Raises Invalid; its id."""
    if not name.strip() or not purpose.strip():
        raise Invalid("A fund needs a name and a stated purpose.", field="purpose" if name.strip() else "name")
    with transaction():
        fund_id = giving.add_fund(slug=slug, name=name.strip(), purpose=purpose.strip(), route=route)
        told = {"slug": slug, "name": name.strip(), "purpose": purpose.strip(), "route": route}
        audit(actor=actor, action="fund.made", subject=f"fund {slug}", details=begun(told))
    return fund_id


@again
def set_fund(fund_id: int, *, active: bool | None = None, needed_most: bool = False, actor: str) -> None:
    """Close or open a fund, or make it the one where gifts are needed most. Raises NotFound.

    Monthly gifts for a fund that closes end with it; their givers are written to.
    """
    with transaction():
        before = fund_standing(fund_id)
        giving.change_fund(fund_id, active=active, needed_most=needed_most)
        ends = promise_ends(fund_id) if active is False else 0
        told = differences(before, fund_standing(fund_id)) | {"monthly gifts ended": ends}
        audit(actor=actor, action="fund.changed", subject=f"fund {fund_id}", details=told)


def _told(one: Setup, amounts: BrandView) -> dict[str, object]:
    alone = {"alone": one.alone_minimum, "alone_presets": one.alone_presets}
    beside = {
        "presets": [preset.minor for preset in amounts.gift_presets],
        "least": amounts.gift_minimum.minor,
        "most": amounts.gift_maximum.minor,
        "steps": [step.minor for step in amounts.round_up_steps],
    }
    return {**asdict(one.operator), **asdict(one.fee), **alone, **beside}


def connect_account(*, fund_id: int, account_id: str, services: Services, actor: str) -> None:
    """Connect a partner's own account to a fund, or ask again how it stands. Nobody is asked for a gift by this.

    Raises Invalid for what is no account of Stripe's or none connected to ours, and ProcessorDown.
    """
    named = account_id.strip()
    if not ACCOUNT.fullmatch(named):
        raise Invalid("An account's id starts with acct_.", field="account")
    try:
        report = services.gateway.read_account(named)
    except ProcessorRefused as refused:
        raise Invalid("Stripe knows no such account that is connected to ours.", field="account") from refused
    _connect(fund_id, report, actor=actor)


@again
def _connect(fund_id: int, report: AccountReport, *, actor: str) -> None:
    with transaction():
        known, now = accounts_of_funds().get(fund_id), Account(report.id, report.ready, report.due)
        giving.note_account(fund_id, now, country=report.country)
        details = differences(asdict(known) if known else {}, asdict(now))
        audit(actor=actor, action="fund.account", subject=f"fund {fund_id}", details=details)


def settle_account(account_id: str, services: Services) -> bool:
    """Stripe says that something changed about an account: ask how it stands; False when it is none of ours."""
    fund_id = fund_of_account(account_id)
    end_read()
    if fund_id is None:
        return False
    _note_account(fund_id, services.gateway.read_account(account_id))
    return True


@again
def _note_account(fund_id: int, report: AccountReport) -> None:
    with transaction():
        giving.note_account(fund_id, Account(report.id, report.ready, report.due), country=report.country)


def _check(amounts: Amounts) -> None:
    floor = Money(LEAST_UNITS * 10 ** decimals(amounts.most.currency), amounts.most.currency)
    rules = {
        ("alone_least", f"The smallest gift by itself is {money_short(floor)} or more."): floor <= amounts.alone_least,
        ("alone_least", "The smallest gift by itself is not above the largest."): amounts.alone_least <= amounts.most,
        ("alone_presets", "Name one amount at least, each between the smallest and the largest."): bool(
            amounts.alone_presets
        )
        and all(amounts.alone_least <= preset <= amounts.most for preset in amounts.alone_presets),
        ("presets", "Each gift that is offered lies between the smallest and the largest."): all(
            amounts.least <= preset <= amounts.most for preset in amounts.presets
        ),
    }
    for (field, sentence), holds in rules.items():
        if not holds:
            raise Invalid(sentence, field=field)
