"""An order in the words that its letters and its page share: sums, shares, what happens next."""

from __future__ import annotations

from datetime import date

from shop.catalogue.said import options_said, title_said
from shop.core.formats import date_text, money_text
from shop.core.languages import ENGLISH, _, language_named, speaking
from shop.core.money import Money
from shop.core.phrases import phrase
from shop.core.wordings import like
from shop.delivery.said import way_said
from shop.discounts.rules import Names
from shop.giving.queries import gifts_of, party_names
from shop.mail.letters import Amount, Bought, Portion
from shop.orders.rules import NO_TAX, Line, OrderFacts, OrderTax, Sums
from shop.payments.queries import RefundFacts

NO_NAMES = Names()
TAXES, OFFERS = "taxes", "offers"  # shelves of phrases


def sums_in_words(
    sums: Sums, *, delivery_name: str, discounts: Names = NO_NAMES, tax: OrderTax = NO_TAX
) -> tuple[Amount, ...]:
    """Every part on its own line, those of nothing left out except delivery of goods, which is said to be free."""
    named = Names(offer_said(discounts.goods), offer_said(discounts.delivery))
    where = like(delivery_name, ", ".join(filter(None, (delivery_name, named.delivery))))
    parts = (
        (_("Tees"), sums.goods, ""),
        (_("Discount"), -sums.discount, named.goods),
        (_("Delivery"), sums.delivery, where),
        (_("Tax"), sums.tax, phrase(TAXES, tax.name)),
        (_("Your gift"), sums.gift, ""),
        (_("Card fee covered"), sums.fee_cover, _("So that the fee takes nothing from your gift.")),
    )
    shown = [Amount(label=label, amount=money_text(money), note=note) for label, money, note in parts if money]
    if sums.goods and not sums.delivery:
        shown.insert(2 if sums.discount else 1, Amount(label=_("Delivery"), amount=_("Free"), note=where))
    about_tax = _about_tax(tax, sums)
    return (*shown, Amount(label=_("Total"), amount=money_text(sums.total), note=about_tax, total=True))


def _about_tax(tax: OrderTax, sums: Sums) -> str:
    """What the total has in it, or does not have in it yet."""
    if tax.included_minor:
        held = money_text(Money(tax.included_minor, sums.goods.currency))
        return _("Includes %(amount)s of tax (%(name)s).", amount=held, name=phrase(TAXES, tax.name))
    if tax.provider == "stripe" and not tax.name and not tax.inclusive:
        return _("Tax is added on the next page, once the address is known.")
    return ""


def offer_said(name: str) -> str:
    """ "Spring sale (SPRING)": its name; codes are the same everywhere."""
    offer, bracket, code = name.rpartition(" (") if name.endswith(")") else (name, "", "")
    said = phrase(OFFERS, offer)
    return like(said, f"{said}{bracket}{code}")


def way_in_words(facts: OrderFacts) -> str:
    """How an order gets there: "to United States", or where it is picked up."""
    name = way_said(facts.delivery_name)
    return name if facts.pickup else like(name, _("to %(zone)s", zone=name))


def refund_sums(refund: RefundFacts) -> Sums:
    """The parts of a refund as sums."""
    return Sums(**{name: Money(minor, refund.amount.currency) for name, minor in refund.parts().items()})


def refund_in_words(sums: Sums, *, delivery_name: str) -> tuple[Amount, ...]:
    """What goes back, part by part, those of nothing left out."""
    rows = sums_in_words(sums, delivery_name=delivery_name)
    nothing = {_("Tees"): not sums.goods, _("Delivery"): not sums.delivery}
    return tuple(row for row in rows if not nothing.get(row.label))


def why_refunded(facts: OrderFacts, sums: Sums) -> str:
    """What a refund covers, and what becomes of the gift, in a sentence or two."""
    gift = facts.sums.gift
    if sums == facts.sums:
        said = [_("We are giving back everything you paid."), _("Your gift is included.") if gift else ""]
    else:
        kept = gift - facts.returned.gift
        stays = _("Your gift of %(amount)s stays with the fund you chose.", amount=money_text(kept)) if kept else ""
        said = [_("We are giving back part of what you paid."), stays]
    return " ".join(sentence for sentence in said if sentence)


def slip_in_words(facts: OrderFacts, contact: str) -> tuple[str, str]:
    """Title and closing of the slip in a parcel, in its buyer's language."""
    with speaking(language_named(facts.language)):
        title = _("Packing slip %(number)s", number=facts.number)
        return title, _("Something wrong with it? Write to %(address)s, and we put it right.", address=contact)


def lines_in_words(lines: list[Line]) -> tuple[Bought, ...]:
    """The lines as bought."""
    return tuple(
        Bought(
            name=title_said(line.product_id, line.title),
            options=options_said(line.colour, line.size),
            quantity=line.quantity,
            total=money_text(line.total),
            note=ships_by_words(line.ships_by),
        )
        for line in lines
    )


def ships_by_words(day: date | None) -> str:
    """What a pre-ordered line says wherever it is shown; empty for what is on the shelf."""
    return _("Pre-order: ships by %(day)s", day=date_text(day)) if day else ""


def together_words(day: date | None) -> str:
    """What becomes of an order in which something is to come; empty where nothing is."""
    return _("The whole order leaves in one parcel, by %(day)s at the latest.", day=date_text(day)) if day else ""


def placed_words(day: date | None) -> str:
    """The first line of a timeline, which is kept in English."""
    if day is None:
        return "The order was placed and its tees are held."
    with speaking(ENGLISH):
        return f"The order was placed: a pre-order that ships by {date_text(day)}. Its tees are held."


def portions(facts: OrderFacts, lines: list[Line]) -> tuple[Portion, ...]:
    """Where the money of an order goes: each pledge by partner, and the gift."""
    names = party_names()
    found = [
        Portion(
            partner=names.get(line.partner_slug, line.partner_slug),
            amount=money_text(line.pledge),
            explanation=_(
                "From %(tee)s. %(pledge)s",
                tee=title_said(line.product_id, line.title),
                pledge=line.pledge_sentence,
            ),
        )
        for line in lines
        if line.pledge
    ]
    gifts = [
        Portion(partner=share.fund.name, amount=money_text(share.amount), explanation=_("Your own gift."))
        for share in gifts_of(facts.id)
    ]
    return (*found, *gifts)
