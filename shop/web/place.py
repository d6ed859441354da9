"""Where a cart is to go, as the cart's and the checkout's forms say it."""

from __future__ import annotations

from collections.abc import Sequence

from shop.cart.rules import Cart
from shop.core.errors import Invalid
from shop.core.languages import _
from shop.delivery.rules import Country
from shop.journeys.quote import quote
from shop.journeys.start_checkout import ELSEWHERE
from shop.web.forms import PlaceForm


def country_of(form: PlaceForm) -> str:
    """The country that was chosen, in capitals."""
    return (form.country.data or "").upper()


def placed(cart: Cart, form: PlaceForm) -> Cart:
    """The cart, going where the form says. Another country forgets what was chosen for the one before."""
    country = country_of(form)
    if country != cart.country:
        return gone_to(cart, country, region=form.region.data or "")
    return cart.going_to(
        country, region=form.region.data or "", postcode=form.postcode.data or "", rate_id=form.rate_id
    )


def gone_to(cart: Cart, country: str, *, region: str = "") -> Cart:
    """The cart, going to another country; the same one changes nothing."""
    return cart if country == cart.country else cart.going_to(country, region=region)


def checked(cart: Cart) -> Cart:
    """The cart, where it can be sent to its place; raises Invalid beside `country` or `region`."""
    asked = quote(cart)
    if cart.region and asked.regions and cart.region not in (*asked.regions, ELSEWHERE):
        raise Invalid(_("Choose a state or region from the list."), field="region")
    return cart


def served(cart: Cart, countries: Sequence[Country]) -> Cart:
    """The cart, going nowhere yet where we no longer deliver to its country."""
    return cart if any(one.code == cart.country for one in countries) else gone_to(cart, "")
