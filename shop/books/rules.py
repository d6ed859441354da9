"""The accounts, what is owed for a sale, and the hash that chains the entries. Debit is positive, credit negative."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct, field

from shop.books.accounts import (
    BANK,
    CLEARING,
    CUSTOMERS,
    DELIVERY,
    DIFFERENCES,
    DISCOUNTS,
    DISPUTES,
    FEE_COVER,
    FEES,
    GIFTS,
    GOODS,
    PLEDGE_EXPENSE,
    PLEDGES,
    REFUNDS,
    TAX,
)

GENESIS = "0" * 64

# How the memo ends of an entry that follows what banks took and gave back in disputes, and nothing else. What a refund
# or a payment changes is posted in entries of its own.
BANKS = ", as Stripe has it"

Line = tuple[str, str]  # account, party
Amounts = dict[Line, int]


class Parts(Struct, frozen=True):
    """How an amount of money is made up, in minor units."""

    goods: int = 0
    discount: int = 0
    delivery: int = 0
    tax: int = 0
    gift: int = 0
    fee_cover: int = 0

    @property
    def total(self) -> int:
        return self.goods - self.discount + self.delivery + self.tax + self.gift + self.fee_cover


class SaleFacts(Struct, frozen=True):
    """What is true of an order now, in minor units of `currency`.

    `captured` is what was paid, `fee` what Stripe kept (None: not known yet), `refunded` what went back. `accepted`
    says whether the order was taken on: money for an order that could not be is owed to the customer and is no
    revenue. `returned` is what part of an accepted sale was decided to go back: until the money does, it is owed to the
    customer. `paid_otherwise` is what went back from the bank because the card could not take it. `withdrawn` is what
    customers' banks took back in disputes, `contested_gift` the part of it that was a gift, `dispute_fees` what Stripe
    kept for that. `gifts` are by fund slug, `pledges` by partner slug, both net: the gifts add up to the gift sold less
    the gift returned or contested.
    `borne` is what dearer sizes cost more that were sent at the old price.
    `live` says whether the money was real, or Stripe's test mode's.
    `contained` is tax that the prices of goods and of delivery have in them, `contained_back` the part that goes back.
    """

    currency: str
    captured: int
    accepted: bool
    sold: Parts
    fee: int | None = None
    refunded: int = 0
    returned: Parts = field(default_factory=Parts)
    paid_otherwise: int = 0
    contained: tuple[int, int] = (0, 0)
    contained_back: int = 0
    withdrawn: int = 0
    dispute_fees: int = 0
    contested_gift: int = 0
    borne: int = 0
    gifts: Mapping[str, int] = field(default_factory=dict)
    pledges: Mapping[str, int] = field(default_factory=dict)
    live: bool = False


def owed(facts: SaleFacts) -> Amounts:
    """The balances that the books should show for this order; they sum to zero.

    See docs/money.md for each case as debit and credit.
    """
    if not facts.captured:
        return {}
    fee = (facts.fee or 0) + facts.dispute_fees
    amounts: Amounts = {
        (CLEARING, ""): facts.captured - fee - facts.refunded - facts.withdrawn,
        (FEES, ""): fee,
    }
    if facts.accepted:
        amounts |= _sale(facts)
    else:
        amounts[(CUSTOMERS, "")] = facts.refunded + facts.withdrawn - facts.captured
    return {line: minor for line, minor in amounts.items() if minor}


def _sale(facts: SaleFacts) -> Amounts:
    sold, back, (in_goods, in_delivery) = facts.sold, facts.returned, facts.contained
    amounts: Amounts = {
        (GOODS, ""): in_goods - sold.goods - facts.borne,
        (DIFFERENCES, ""): facts.borne,
        (DISCOUNTS, ""): sold.discount - back.discount,
        (DELIVERY, ""): in_delivery - sold.delivery,
        (TAX, ""): back.tax - sold.tax + facts.contained_back - in_goods - in_delivery,
        (FEE_COVER, ""): back.fee_cover - sold.fee_cover,
        (REFUNDS, ""): back.goods + back.delivery - facts.contained_back,
        (CUSTOMERS, ""): facts.refunded + facts.paid_otherwise - back.total,
        (BANK, ""): -facts.paid_otherwise,
        (DISPUTES, ""): facts.withdrawn - facts.contested_gift,
    }
    for fund, minor in facts.gifts.items():
        amounts[(GIFTS, fund)] = -minor
    for partner, minor in facts.pledges.items():
        amounts[(PLEDGE_EXPENSE, partner)] = minor
        amounts[(PLEDGES, partner)] = -minor
    return amounts


def difference(wanted: Mapping[Line, int], posted: Mapping[Line, int]) -> Amounts:
    """What must still be posted so that `posted` becomes `wanted`."""
    change = Counter(dict(wanted))
    change.subtract(dict(posted))
    return {line: minor for line, minor in sorted(change.items()) if minor}


def entry_hash(
    *,
    position: int,
    order_id: str | None,
    memo: str,
    actor: str,
    posted_at: datetime,
    postings: Iterable[tuple[str, str, int, str]],
    previous: str,
) -> str:
    """SHA-256 over the whole content of an entry and the hash before it; (account, party, minor, currency) each."""
    content = [
        position,
        order_id,
        memo,
        actor,
        posted_at.isoformat(timespec="microseconds"),
        sorted(postings),
        previous,
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
