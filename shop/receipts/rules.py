"""What a receipt says, and what the law of a country wants said. Pure.

A tee is not a gift: what was paid for goods, what was given, and what the seller pledges of its own stand apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from shop.core.formats import money_text
from shop.core.languages import _
from shop.core.money import Money

SERIES = "G"


class Content(Struct, frozen=True):
    """What a receipt is for. `goods` is what was paid for goods, delivery and tax and was not given back."""

    order_number: str
    paid_on: date
    operator: str
    registration: str
    registered: bool
    country: str
    email: str
    funds: Sequence[tuple[str, int]]
    goods: Money
    gift: Money
    fee_cover: Money
    pledge: Money

    def packed(self) -> dict[str, object]:
        """As it is kept: plain values."""
        return {
            "order_number": self.order_number,
            "paid_on": self.paid_on.isoformat(),
            "operator": self.operator,
            "registration": self.registration,
            "registered": self.registered,
            "country": self.country,
            "email": self.email,
            "funds": [list(fund) for fund in self.funds],
            "currency": self.gift.currency,
            **{name: getattr(self, name).minor for name in AMOUNTS},
        }

    @classmethod
    def unpacked(cls, kept: Mapping[str, object]) -> Content:
        """What `packed` made."""
        plain = {name: kept[name] for name in cls.__struct_fields__ if name not in (*AMOUNTS, "paid_on", "funds")}
        amounts = {name: Money(int(str(kept[name])), str(kept["currency"])) for name in AMOUNTS}
        funds = [(str(name), int(minor)) for name, minor in kept["funds"]]  # type: ignore[attr-defined]  # pairs, as packed
        return cls(paid_on=date.fromisoformat(str(kept["paid_on"])), funds=funds, **plain, **amounts)  # type: ignore[arg-type]  # as packed


AMOUNTS = ("goods", "gift", "fee_cover", "pledge")


class ReceiptFacts(Struct, frozen=True):
    """A receipt as it stands."""

    id: int
    order_id: str
    name: str
    state: str
    content: Content
    issued_at: datetime
    voided_at: datetime | None
    void_reason: str


class Jurisdiction(Struct, frozen=True):
    """What one country's tax authority asks a charity to tell. Thresholds in minor units of `currency`."""

    currency: str
    both_above: int
    acknowledged_from: int
    source: str
    checked: date


JURISDICTIONS: Mapping[str, Jurisdiction] = {
    # A disclosure for a payment above $75 that is partly for goods, an acknowledgement from $250 on.
    "US": Jurisdiction(
        currency="USD",
        both_above=7_500,
        acknowledged_from=25_000,
        source="IRS Publication 1771, Charitable Contributions: Substantiation and Disclosure Requirements",
        checked=date(2026, 11, 25),
    ),
}


def printed_number(series: str, year: int, number: int) -> str:
    """Such as `G-2026-000123`."""
    return f"{series}-{year}-{number:06}"


def statements(content: Content) -> tuple[str, ...]:
    """What stands under the sums. Only an operator that is a registered charity speaks of deductions at all."""
    apart = () if not content.goods else (_("A tee is not a gift: what was paid for goods is no contribution."),)
    pledge = () if not content.pledge else (_pledged(content),)
    if not content.registered:
        return (*apart, *pledge, _unregistered(content))
    law = JURISDICTIONS.get(content.country)
    if law is None or law.currency != content.gift.currency:
        elsewhere = _("Whether this gift can be deducted from tax is decided by the law where you live.")
        return (*apart, *pledge, elsewhere)
    return (*apart, *pledge, *_american(content, law))


def _american(content: Content, law: Jurisdiction) -> tuple[str, ...]:
    said = []
    if content.goods and content.goods.minor + content.gift.minor > law.both_above:
        said.append(_QUID_PRO_QUO.format(goods=money_text(content.goods)))
    if content.gift.minor >= law.acknowledged_from:
        goods = _WITH_GOODS if content.goods else _NO_GOODS
        said.append(goods.format(operator=content.operator, goods=money_text(content.goods)))
    return tuple(said)


def _pledged(content: Content) -> str:
    return _(
        "We give %(pledge)s of our own from this sale. That is our gift and not yours, so it is in none of these sums.",
        pledge=money_text(content.pledge),
    )


def _unregistered(content: Content) -> str:
    return _(
        "This records what was given. %(operator)s has not told this store that it is a registered charity, so nothing "
        "here says that the gift can be deducted from tax.",
        operator=content.operator,
    )


# The words that the law of the United States asks for stay in its language.
_QUID_PRO_QUO = (
    "The amount of your contribution that is deductible for US federal income tax is limited to what you paid above "
    "the value of the goods that you received. Our good-faith estimate of their value is {goods}."
)
_NO_GOODS = "{operator} gave no goods or services in return for this contribution."
_WITH_GOODS = "In return for your payment {operator} gave goods whose value we estimate in good faith at {goods}."
