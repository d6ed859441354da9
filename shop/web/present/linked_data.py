"""What search engines read of a page, as JSON-LD in the words of https://schema.org."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from shop.catalogue.rules import ProductDetail
from shop.core.languages import _
from shop.web.present import addresses
from shop.web.reads.choices import Choice

CONTEXT = "https://schema.org"
Linked = Mapping[str, object]


def product(about: ProductDetail, choices: Sequence[Choice], absolute: Callable[[str], str]) -> tuple[Linked, ...]:
    """The product with an offer for each variant, and where it stands in the store."""
    url = absolute(addresses.product(about.slug))
    facts: Linked = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": about.title,
        "description": about.summary,
        "url": url,
        "image": absolute(addresses.product_card(about.slug)),
        "material": about.fabric,
        "offers": [_offer(about, one, absolute) for one in choices],
    }
    return facts, crumbs(((addresses.SHOP, _("Shop")), (addresses.product(about.slug), about.title)), absolute)


def crumbs(steps: Sequence[tuple[str, str]], absolute: Callable[[str], str]) -> Linked:
    """The way to a page: address and name of each step."""
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": absolute(path)}
        for at, (path, name) in enumerate(steps, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def _offer(about: ProductDetail, one: Choice, absolute: Callable[[str], str]) -> Linked:
    """A retired product is no longer made; otherwise it is there, or to come by a day, or it is not."""
    there = _there(about, one)
    told: Linked = {"availabilityStarts": one.to_come.isoformat()} if one.to_come and there == "PreOrder" else {}
    return {
        "@type": "Offer",
        "name": f"{about.title}, {one.colour_name}, {one.size}",
        "url": absolute(addresses.product(about.slug, colour=one.colour)),
        "price": f"{one.price.decimal():f}",
        "priceCurrency": one.price.currency,
        "availability": f"{CONTEXT}/{there}",
        "itemCondition": f"{CONTEXT}/NewCondition",
        **told,
    }


def _there(about: ProductDetail, one: Choice) -> str:
    if about.status == "retired":
        return "Discontinued"
    return "InStock" if one.available > 0 else "PreOrder" if one.to_come else "OutOfStock"
