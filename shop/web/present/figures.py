"""Figures from the books, each with how it was computed. Nothing here is typed, and nothing is shown before a sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shop.books.queries import PartyBalance
from shop.core.formats import money_text
from shop.core.languages import _, lazy_gettext
from shop.core.money import Money, total
from shop.web.present import addresses
from shop.web.view_models.shelf import LedgerFigure
from shop.web.view_models.stories import Flow, FlowPart, GivingRow

PLEDGES, GIFTS = "pledges", "gifts"
FROM = {PLEDGES: lazy_gettext("Shares of tees sold"), GIFTS: lazy_gettext("Gifts from customers")}
COMPUTED = (
    lazy_gettext(
        "Every figure on this page is added up from the entries of our books at the moment you ask for it. "
        "Nobody types one, and entries can be added but never changed."
    ),
    lazy_gettext(
        "Raised from tees: for each paid order the share that was promised beside the price, as it stood at the moment "
        "of buying. What was sent back and refunded is taken off."
    ),
    lazy_gettext("Raised from gifts: what customers added for the fund in their carts, refunds taken off."),
    lazy_gettext(
        "Taken back by banks: when a customer's bank takes a payment back, its share or gift is taken off from that "
        "day on, also while the bank still decides. If the bank gives the payment back to us, it counts again."
    ),
    lazy_gettext("Paid out: transfers to a partner or fund that have been entered with their date."),
    lazy_gettext("Owed now: raised less paid out. It stands in our books as a debt until it is paid."),
)


def sold_anything(balances: Sequence[PartyBalance]) -> bool:
    """Whether there is anything true to tell."""
    return any(one.raised or one.paid for one in balances)


def three_numbers(balances: Sequence[PartyBalance], currency: str) -> tuple[LedgerFigure, ...]:
    """Set aside, given, paid: how a tee becomes help. Empty while nothing was sold."""
    ours = [one for one in balances if one.raised.currency == currency]
    if not sold_anything(ours):
        return ()
    return (
        LedgerFigure(
            value=money_text(_raised(ours, PLEDGES, currency)),
            label=_("Set aside from tees sold"),
            note=_("The share promised beside each price, less refunds and what customers' banks took back."),
        ),
        LedgerFigure(
            value=money_text(_raised(ours, GIFTS, currency)),
            label=_("Added by customers as gifts"),
            note=_("What carts held for the fund and was paid, less refunds and what customers' banks took back."),
        ),
        LedgerFigure(
            value=money_text(total((one.paid for one in ours), currency)),
            label=_("Paid out so far"),
            note=_(
                "Transfers entered in the books. Still owed: %(amount)s.",
                amount=money_text(total(_owed(ours), currency)),
            ),
        ),
    )


def of_partner(balances: Sequence[PartyBalance], slug: str) -> tuple[LedgerFigure, ...]:
    """What the books say of one partner. Empty while they say nothing."""
    theirs = [one for one in balances if one.party == slug and (one.raised or one.paid)]
    return tuple(
        LedgerFigure(value=money_text(amount), label=label, note=note)
        for one in theirs
        for amount, label, note in (
            (one.raised, _("Raised"), _origin(one)),
            (one.owed, _("Owed now"), _("Raised less paid out.")),
            (one.paid, _("Paid out"), _("Transfers entered in the books.")),
        )
    )


def rows(balances: Sequence[PartyBalance], names: Mapping[str, str]) -> tuple[GivingRow, ...]:
    """A line for each partner and fund, as the books know them."""
    return tuple(
        _row(one, names.get(one.party, one.party)) for one in balances if one.raised or one.paid or one.taken_back
    )


def total_row(balances: Sequence[PartyBalance], currency: str) -> GivingRow | None:
    """The sum of all lines; None where they are of several currencies, which do not add up."""
    if {one.raised.currency for one in balances} != {currency}:
        return None
    raised, paid = (
        total(amounts, currency) for amounts in zip(*((one.raised, one.paid) for one in balances), strict=True)
    )
    return GivingRow(
        partner=_("Together"), fund="", raised=money_text(raised), owed=money_text(raised - paid), paid=money_text(paid)
    )


def _origin(one: PartyBalance) -> str:
    told = _("%(origin)s, refunds taken off.", origin=FROM[one.kind])
    return " ".join(filter(None, (told, _taken(one))))


def _taken(one: PartyBalance) -> str:
    """What customers' banks took back of it, named; empty where they took nothing."""
    if one.taken_back <= 0:
        return ""
    amount = money_text(Money(one.taken_back, one.raised.currency))
    return _("Customers' banks took back %(amount)s; that is taken off.", amount=amount)


def flow(balances: Sequence[PartyBalance], currency: str) -> Flow | None:
    """The way of the money; None before the first sale, and where corrections would need a stream that runs back."""
    ours = [one for one in balances if one.raised.currency == currency]
    pledges, gifts = _raised(ours, PLEDGES, currency), _raised(ours, GIFTS, currency)
    paid, owed = total((one.paid for one in ours), currency), total(_owed(ours), currency)
    raised = pledges + gifts
    if raised.minor <= 0 or min(pledges.minor, gifts.minor, paid.minor, owed.minor) < 0:
        return None
    return Flow(
        pledges=_part(_("Shares of tees"), pledges),
        gifts=_part(_("Gifts"), gifts),
        raised=_part(_("Raised"), raised),
        paid=_part(_("Paid out"), paid),
        owed=_part(_("Owed now"), owed),
        summary=_(
            "%(pledges)s from shares of tees and %(gifts)s from gifts make %(raised)s raised; "
            "%(paid)s of it is paid out and %(owed)s is owed now.",
            pledges=money_text(pledges),
            gifts=money_text(gifts),
            raised=money_text(raised),
            paid=money_text(paid),
            owed=money_text(owed),
        ),
    )


def _row(one: PartyBalance, name: str) -> GivingRow:
    return GivingRow(
        partner=name,
        fund=str(FROM[one.kind]),
        raised=money_text(one.raised),
        owed=money_text(one.owed),
        paid=money_text(one.paid),
        note=_taken(one),
        url=addresses.partner(one.party) if one.kind == PLEDGES else "",
    )


def _raised(balances: Sequence[PartyBalance], kind: str, currency: str) -> Money:
    return total((one.raised for one in balances if one.kind == kind), currency)


def _owed(balances: Sequence[PartyBalance]) -> list[Money]:
    return [one.owed for one in balances]


def _part(label: str, amount: Money) -> FlowPart:
    return FlowPart(label=label, amount=money_text(amount), weight=amount.minor)
