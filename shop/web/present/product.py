"""The product page: what can be chosen, what it costs, and everything that is known of the thing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from shop.cart.rules import MOST_OF_ONE
from shop.catalogue.rules import ProductDetail, SizeChartView, centimetres, inches
from shop.core.formats import money_text
from shop.core.languages import _, cached_by_language
from shop.core.money import Money
from shop.core.wordings import like
from shop.delivery.rules import ZoneView
from shop.journeys.order_words import ships_by_words
from shop.stock.rules import availability_words
from shop.web.present import addresses
from shop.web.present.pictures import garment_views
from shop.web.reads.choices import Choice
from shop.web.view_models.parts import Link, Notice, Picture
from shop.web.view_models.shelf import ColourChoice, Fact, SizeChart, SizeChoice, SizeRow

MOST = MOST_OF_ONE


def retired() -> Notice:
    """Why nothing can be chosen any more."""
    return Notice(
        heading=_("No longer sold"),
        message=_(
            "This one has left the shop. The page stays, so that links to it and older orders still lead somewhere."
        ),
    )


def chosen_colour(choices: Sequence[Choice], asked: str) -> str:
    """The colour asked for; without one (or with a stranger) the first of which something is left, else the first
    that can be pre-ordered, else the first.
    """
    known = list(dict.fromkeys(choice.colour for choice in choices))
    if asked in known:
        return asked
    left = (choice.colour for choice in choices if choice.available > 0)
    to_come = (choice.colour for choice in choices if not choice.gone)
    return next(left, next(to_come, known[0] if known else ""))


def colours(
    about: ProductDetail, choices: Sequence[Choice], *, chosen: str, photographs: tuple[Picture, ...] = ()
) -> tuple[ColourChoice, ...]:
    """Every colour with its pictures, photographs last, and what is left of it, size by size."""
    by_colour: dict[str, list[Choice]] = {}
    for choice in choices:
        by_colour.setdefault(choice.colour, []).append(choice)
    return tuple(_colour(about, sizes, chosen=chosen, photographs=photographs) for sizes in by_colour.values())


def _colour(
    about: ProductDetail, sizes: Sequence[Choice], *, chosen: str, photographs: tuple[Picture, ...]
) -> ColourChoice:
    first = sizes[0]
    return ColourChoice(
        value=first.colour,
        name=first.colour_name,
        swatch=first.cloth,
        url=addresses.product(about.slug, colour=first.colour),
        views=(*garment_views(about.garment, first.cloth, about.artwork, first.colour_name), *photographs),
        sold_out_sizes=tuple(one.size for one in sizes if one.gone),
        preorder_sizes=tuple(one.size for one in sizes if one.to_come),
        preorder=to_come(sizes),
        availability=availability(sizes),
        selected=first.colour == chosen,
        restock_url=addresses.restock(about.slug, colour=first.colour),
    )


def restock_url(about: ProductDetail, choices: Sequence[Choice], *, colour: str, size: str) -> str:
    """Where to ask for what was chosen when it is back; empty while it, or anything else, can be had."""
    if about.status == "retired":
        return ""
    exact = [one for one in choices if (one.colour, one.size) == (colour, size)]
    gone = all(one.gone for one in exact or choices)
    return addresses.restock(about.slug, colour=colour, size=size if exact else "") if gone else ""


def availability(sizes: Sequence[Choice]) -> str:
    """ "In stock: S, M, L. Only 3 left: XS." Sold-out sizes have their own sentence on the page."""
    grouped: dict[str, list[str]] = {}
    for one in sorted((one for one in sizes if one.available > 0), key=lambda one: -one.available):
        grouped.setdefault(availability_words(one.available), []).append(one.size_name)
    order = [one.size_name for one in sizes]
    return " ".join(f"{words}: {', '.join(sorted(found, key=order.index))}." for words, found in grouped.items())


def to_come(sizes: Sequence[Choice]) -> str:
    """ "Pre-order: ships by December 14, 2026 (S, M)." A sentence for each day."""
    days: dict[date, list[str]] = {}
    for one in sizes:
        if one.to_come:
            days.setdefault(one.to_come, []).append(one.size_name)
    return " ".join(f"{ships_by_words(day)} ({', '.join(named)})." for day, named in sorted(days.items()))


def sizes(choices: Sequence[Choice], *, chosen: str) -> tuple[SizeChoice, ...]:
    """Every size that any colour comes in, smallest first; those that cost more than the cheapest say how much."""
    prices: dict[tuple[str, str], set[Money]] = {}
    for one in sorted(choices, key=lambda one: one.position):
        prices.setdefault((one.size, one.size_name), set()).add(one.price)
    least = min((one.price.minor for one in choices), default=0)
    return tuple(
        SizeChoice(value=size, name=name, note=_dearer(found, least), selected=size == chosen)
        for (size, name), found in prices.items()
    )


def _dearer(prices: set[Money], least: int) -> str:
    cheapest = min(prices, key=lambda one: one.minor)
    if cheapest.minor == least and len(prices) == 1:
        return ""
    return money_text(cheapest) if len(prices) == 1 else _("from %(price)s", price=money_text(cheapest))


def price(about: ProductDetail, choices: Sequence[Choice], *, colour: str, size: str) -> str:
    """What the choice costs; while none is made, the lowest price and that it is the lowest."""
    exact = next((one.price for one in choices if (one.colour, one.size) == (colour, size)), None)
    if exact is not None:
        return money_text(exact)
    several = len({one.price for one in choices}) > 1
    return _("From %(price)s", price=money_text(about.price_from)) if several else money_text(about.price_from)


def before(choices: Sequence[Choice], *, colour: str, size: str) -> str:
    """The earlier price of the choice, or of everything where all have the same; empty where there is none."""
    exact = [one for one in choices if (one.colour, one.size) == (colour, size)] or choices
    prices = {(one.price, one.compare_at) for one in exact}
    earlier = exact[0].compare_at if len(prices) == 1 else None
    return money_text(earlier) if earlier is not None else ""


def most(about: ProductDetail) -> int:
    """How many of one line may be asked for."""
    return MOST if about.most_each is None else min(MOST, about.most_each)


def facts(about: ProductDetail) -> tuple[Fact, ...]:
    """What it is made of and how; what a supplier says and we cannot prove is given as theirs."""
    rows = {
        _("Fabric"): like(about.fabric, f"{about.fabric}, {about.weight_gsm} g/m²"),
        _("Made"): about.origin,
        _("Print"): about.print_method,
        _("Care"): about.care,
        _("Certified"): about.certifications,
        _("Artwork"): about.artwork_credit,
        _("From the supplier"): about.supplier_states,
    }
    return tuple(Fact(label=label, value=value) for label, value in rows.items() if value)


@cached_by_language(maxsize=64)
def size_chart(chart: SizeChartView | None, fit: str) -> SizeChart | None:
    """Both measures of every size, as printed."""
    if chart is None:
        return None
    rows = (
        SizeRow(size=row.size, centimetres=_each(centimetres, row.measures_mm), inches=_each(inches, row.measures_mm))
        for row in chart.rows
    )
    how_to = tuple(sentence for sentence in (*chart.how_to_measure, chart.tolerance_note) if sentence)
    return SizeChart(measures=chart.columns, rows=tuple(rows), how_to=how_to, fit=fit)


@cached_by_language(maxsize=16)
def delivery(zones: tuple[ZoneView, ...]) -> tuple[str, ...]:
    """A sentence for each zone."""
    return tuple(_zone(zone) for zone in zones)


def crumbs(about: ProductDetail) -> tuple[Link, ...]:
    return (Link(label=_("Shop"), url=addresses.SHOP), Link(label=about.title, url="", current=True))


def _zone(zone: ZoneView) -> str:
    estimate = f"{zone.estimate[:1].upper()}{zone.estimate[1:]}"
    said = {"zone": zone.name, "price": money_text(zone.rate), "estimate": estimate}
    if zone.free_from is None:
        return like(zone.name, _("%(zone)s: %(price)s. %(estimate)s.", **said))
    free = money_text(zone.free_from)
    return like(zone.name, _("%(zone)s: %(price)s, free from %(free)s of goods. %(estimate)s.", free=free, **said))


def _each(measure: Callable[[int], str], millimetres: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(measure(one) for one in millimetres)
