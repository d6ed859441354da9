"""Where a cart goes, as the cart and the checkout show it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from msgspec.structs import replace

from shop.core.formats import money_text
from shop.core.languages import _
from shop.core.wordings import like
from shop.delivery.rules import Country, price
from shop.delivery.said import option_said
from shop.journeys.quote import Quote
from shop.journeys.start_checkout import ELSEWHERE
from shop.web.view_models.basket import Choice, CountryChoice, Estimate


def estimate(
    asked: Quote,
    each: Sequence[Quote],
    countries: Sequence[Country],
    *,
    chosen: str,
    postcode: str | None = None,
    refused: bool = False,
) -> Estimate:
    """The form in the cart; `each` are the quotes by way, in their order, and `postcode` what was typed just now."""
    regions = regions_of(asked) if chosen else ()
    return Estimate(
        url=url_for("cart.go_to"),
        countries=tuple(country_choice(country, asked, chosen) for country in countries),
        place=next((country.name for country in countries if country.code == chosen), ""),
        regions=regions,
        by_postcode=bool(chosen) and asked.zone.by_postcode,
        postcode=asked.postcode if postcode is None else postcode,
        ways=tuple(_summed(way, one) for way, one in zip(ways_of(asked), each, strict=True)) if chosen else (),
        region_wanted=bool(regions) and not any(region.selected for region in regions),
        shown=bool(chosen) or refused,
    )


def _summed(way: Choice, asked: Quote) -> Choice:
    """A way with its tax, and what the whole cart comes to with it."""
    whole = _("%(total)s in all", total=money_text(asked.sums.total))
    return replace(way, note=like(way.note, ", ".join(filter(None, (way.note, _tax(asked), whole)))))


def _tax(asked: Quote) -> str:
    if asked.taxes.pending:
        return "" if asked.taxes.inclusive else _("tax is added later")
    if included := asked.taxes.included:
        return _("includes %(amount)s of tax", amount=money_text(included))
    return _("tax %(amount)s", amount=money_text(asked.sums.tax)) if asked.sums.tax else ""


def regions_of(asked: Quote) -> tuple[Choice, ...]:
    """States and regions with a tax of their own, and all others together; none where it does not matter."""
    if not asked.regions:
        return ()
    others = ((ELSEWHERE, _("Another one")),)
    return tuple(
        Choice(value=code, label=name, selected=code == asked.region)
        for code, name in (*asked.regions.items(), *others)
    )


def ways_of(asked: Quote) -> tuple[Choice, ...]:
    """Every way to get it there, with what it costs."""
    free = asked.discounts.delivery is not None
    return tuple(
        Choice(
            value=str(way.rate_id),
            label=said.name or _("Delivery"),
            note=like(said.estimate, ", ".join(filter(None, (said.place, said.estimate)))),
            amount=money_text(way.price) if way.price and not free else _("Free"),
            selected=way == asked.way,
        )
        for way, said in ((way, option_said(way)) for way in asked.ways)
    )


def country_choice(country: Country, asked: Quote, chosen: str) -> CountryChoice:
    """A country with its usual price of delivery; without one where there are several ways, which tell their own."""
    if country.zone.rates:
        return CountryChoice(code=country.code, name=country.name, delivery="", selected=country.code == chosen)
    cost = price(country.zone.rate, country.zone.free_from, asked.sums.goods - asked.sums.discount)
    words = (
        _("delivery %(price)s", price=money_text(cost)) if cost and not asked.discounts.delivery else _("free delivery")
    )
    return CountryChoice(code=country.code, name=country.name, delivery=words, selected=country.code == chosen)
