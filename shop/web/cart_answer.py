"""The cart page as an answer: what changed meanwhile is told once, and what a refused form had in it is kept."""

from __future__ import annotations

from flask import Response, make_response, render_template, url_for

from shop.brand.queries import brand
from shop.cart.rules import Cart
from shop.catalogue.said import variant_said
from shop.core.formats import moment_text
from shop.core.languages import _
from shop.delivery.queries import countries
from shop.giving.queries import gift_funds
from shop.journeys.quote import Quote, estimates
from shop.journeys.quote.gift import limits_beside_goods
from shop.journeys.spent_cart import spent_cart
from shop.restock.queries import claims_of
from shop.web.basket import keep
from shop.web.gift_choice import Typed, typed_as
from shop.web.listing import some_tees
from shop.web.place import served
from shop.web.present.cart import cart_page
from shop.web.present.gifts import beside_goods
from shop.web.present.place import estimate
from shop.web.pressing import nobodys
from shop.web.view_models.gifts import GiftForm as GiftFormView
from shop.web.view_models.parts import FieldError, Notice


def cart_answer(
    cart: Cart,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
    typed: Typed | None = None,
    code: str = "",
    postcode: str | None = None,
) -> Response:
    """The page as the cart is now. `typed`, `code` and `postcode` are what a form that was refused had in it."""
    notices: tuple[Notice, ...] = ()
    if spent := spent_cart(cart):
        cart = spent.cart
        told = _("Order %(number)s is paid, so its tees are no longer in the cart.", number=spent.number)
        notices = (Notice(message=told, tone="success"),)
    known = countries()
    cart = served(cart, known)
    asked, each = estimates(cart)
    notices += _kept_for_you(cart, asked)
    where = estimate(asked, each, known, chosen=cart.country, postcode=postcode, refused=postcode is not None)
    page = cart_page(
        asked,
        gift=_gift_form(asked, typed),
        estimate=where,
        errors=errors,
        notices=notices,
        typed_code=code,
        others=() if asked.lines else some_tees(),
    )
    if not (asked.lines or notices or errors):
        nobodys()
    answer = make_response(render_template("cart/cart.html", page=page), status)
    shown = cart.seeing_prices((line.variant.id, line.variant.price.minor) for line in asked.lines)
    return keep(answer, shown)


def _kept_for_you(cart: Cart, asked: Quote) -> tuple[Notice, ...]:
    """Until when a unit is kept that the holder of a mailed link put in; asks nothing where there is none."""
    names = {line.variant.id: variant_said(line.variant) for line in asked.lines} if cart.claims else {}
    return tuple(
        Notice(
            message=_(
                "One %(tee)s is kept for you until %(moment)s.",
                tee=f"{names[one].title}, {names[one].colour_name}, {names[one].size}",
                moment=moment_text(ends_at),
            ),
            tone="calm",
        )
        for one, ends_at in (claims_of(cart.claims) if cart.claims else ())
        if one in names
    )


def _gift_form(asked: Quote, typed: Typed | None) -> GiftFormView | None:
    """As it was sent just now, else as the cart remembers it. None where no fund may take a gift."""
    funds, about = gift_funds(), brand()
    if not funds:
        return None
    gift = asked.gift
    saved = typed_as(gift.choice if gift else None, asked.sums.gift, funds)
    return beside_goods(
        typed or saved,
        limits=limits_beside_goods(about),
        steps=about.round_up_steps,
        funds=funds,
        quoted=gift,
        before=asked.sums.total - asked.sums.gift - asked.sums.fee_cover,
        save_url=url_for("cart.give"),
    )
