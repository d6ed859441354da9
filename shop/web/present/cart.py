"""A quote as the cart and the checkout show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.lists import format_list
from flask import url_for

from shop.cart.rules import MOST_OF_ONE
from shop.catalogue.said import options_said, title_said
from shop.core.formats import money_text
from shop.core.languages import _, lazy_gettext, ngettext, spoken
from shop.core.wordings import like
from shop.delivery.rules import Country
from shop.delivery.said import way_said
from shop.journeys.order_words import offer_said, ships_by_words, sums_in_words, together_words
from shop.journeys.quote import Quote, QuotedLine
from shop.orders.rules import LONGEST_MESSAGE, LONGEST_NOTE, LONGEST_RECIPIENT
from shop.web.present.pictures import variant_picture
from shop.web.present.place import country_choice, regions_of, ways_of
from shop.web.view_models.basket import (
    CartDrawer,
    CartLine,
    CartPage,
    CheckoutPage,
    CodeForm,
    Estimate,
    Line,
)
from shop.web.view_models.gifts import GiftForm
from shop.web.view_models.parts import FieldError, Meta, Notice, ProductCard, Sum
from shop.web.wishes import Written

NEXT_STEPS = (
    lazy_gettext("You pay on our payment provider's page; your card number never reaches us."),
    lazy_gettext("A mail brings you the link to your order's own page."),
    lazy_gettext("We pack your tees by hand and write again when they leave."),
)


def cart_page(
    asked: Quote,
    *,
    gift: GiftForm | None,
    estimate: Estimate,
    errors: tuple[FieldError, ...] = (),
    notices: tuple[Notice, ...] = (),
    typed_code: str = "",
    others: tuple[ProductCard, ...] = (),
) -> CartPage:
    """The cart as it is now. `typed_code` is what was typed, right or wrong."""
    stopped = [line.variant.id for line in asked.lines if line.problem]
    return CartPage(
        meta=Meta(
            title=_("Cart"), description=_("What you chose, a gift if you like, and what it comes to before you pay.")
        ),
        lines=tuple(_cart_line(line) for line in asked.lines),
        sums=_sums(asked),
        checkout_url=url_for("checkout.show"),
        shop_url=url_for("shop.index"),
        gift=gift,
        estimate=estimate,
        code=_code_form(asked, typed_code),
        notices=(*notices, *(() if typed_code else stale_code(asked))),
        errors=errors,
        can_check_out=not asked.problems,
        problems=() if stopped else tuple(asked.problems),
        stopped_at=stopped[0] if stopped else None,
        together=together_words(asked.ships_by),
        others=others,
    )


def cart_drawer(asked: Quote, *, units: int) -> CartDrawer:
    """The cart beside another page."""
    total = money_text(asked.sums.total)
    counted = ngettext("One item in the cart.", "%(num)s items in the cart.", units)
    return CartDrawer(
        lines=tuple(_cart_line(line) for line in asked.lines),
        sums=_sums(asked),
        units=units,
        said=f"{counted} {total}" if units else _("The cart is empty."),
        checkout_url=url_for("checkout.show"),
        cart_url=url_for("cart.show"),
        shop_url=url_for("shop.index"),
        can_check_out=not asked.problems,
    )


def checkout_page(
    asked: Quote,
    countries: Sequence[Country],
    *,
    chosen: str,
    written: Written,
    errors: tuple[FieldError, ...] = (),
    notices: tuple[Notice, ...] = (),
) -> CheckoutPage:
    """The last look before paying; `chosen` is the country picked so far, empty for none."""
    return CheckoutPage(
        meta=Meta(title=_("Checkout"), indexed=False),
        lines=tuple(Line(**_words(line)) for line in asked.lines),
        sums=_sums(asked),
        countries=tuple(country_choice(country, asked, chosen) for country in countries),
        cart_version=asked.version,
        pay_url=url_for("checkout.pay"),
        cart_url=url_for("cart.show"),
        next_steps=NEXT_STEPS,
        together=together_words(asked.ships_by),
        terms_url=url_for("pages.show", slug="delivery-and-returns"),
        note=written.note,
        note_most=LONGEST_NOTE,
        wishes=written.wishes,
        message_most=LONGEST_MESSAGE,
        recipient_most=LONGEST_RECIPIENT,
        place_url=url_for("checkout.choose_place"),
        regions=regions_of(asked) if chosen else (),
        postcode=asked.postcode,
        by_postcode=bool(chosen) and asked.zone.by_postcode,
        ways=ways_of(asked) if chosen and len(asked.ways) > 1 else (),
        notices=notices,
        errors=errors,
    )


def _code_form(asked: Quote, typed: str) -> CodeForm:
    named = asked.discounts.names
    by_code = [name for name in (named.goods, named.delivery) if asked.code and f"({asked.code})" in name]
    using = format_list([offer_said(name) for name in by_code], locale=spoken().locale)
    return CodeForm(
        url=url_for("cart.use_code"),
        remove_url=url_for("cart.drop_code"),
        code=typed or asked.code,
        using="" if typed else using,
    )


def what_stops(asked: Quote) -> tuple[Notice, ...]:
    """Why this cart cannot be paid as it is; a tee's reason after its name."""
    named = (_stopped(line) for line in asked.lines if line.problem)
    return tuple(named) or tuple(Notice(message=problem, tone="warning") for problem in asked.problems)


def _stopped(line: QuotedLine) -> Notice:
    about = _words(line)
    return Notice(
        heading=like(about["name"], f"{about['name']}, {about['options']}"), message=line.problem or "", tone="warning"
    )


def stale_code(asked: Quote) -> tuple[Notice, ...]:
    """A code that no longer fits, which it did when it was typed."""
    if not asked.discounts.refused:
        return ()
    return (Notice(message=f"{asked.code}: {asked.discounts.refused}", tone="warning"),)


def _sums(asked: Quote) -> tuple[Sum, ...]:
    to = way_said(asked.delivery_name)
    rows = sums_in_words(
        asked.sums,
        delivery_name=to if asked.way.pickup else like(to, _("to %(zone)s", zone=to)),
        discounts=asked.discounts.names,
        tax=asked.order_tax(),
    )
    return tuple(Sum(label=row.label, amount=row.amount, note=row.note, total=row.total) for row in rows)


def _words(line: QuotedLine) -> dict[str, Any]:
    variant = line.variant
    return {
        "name": title_said(variant.product_id, variant.title),
        "options": options_said(variant.colour_name, variant.size),
        "quantity": line.quantity,
        "unit_price": money_text(variant.price),
        "total": money_text(line.total),
        "url": url_for("shop.product", slug=variant.slug, colour=variant.colour_slug),
        "picture": variant_picture(variant),
        "pledge": line.pledge.sentence() if line.pledge and line.pledge_amount else "",
        "note": ships_by_words(line.ships_by),
    }


def _cart_line(line: QuotedLine) -> CartLine:
    return CartLine(
        **_words(line),
        variant_id=line.variant.id,
        update_url=url_for("cart.change", variant_id=line.variant.id),
        remove_url=url_for("cart.remove", variant_id=line.variant.id),
        most=max(1, min(MOST_OF_ONE, line.available)),
        notice=_notice(line),
    )


def _notice(line: QuotedLine) -> Notice | None:
    if line.problem:
        return Notice(message=line.problem, tone="warning")
    if line.price_changed:
        was, now = money_text(line.seen_price), money_text(line.variant.price)
        return Notice(
            message=_("Its price changed from %(was)s to %(now)s since you put it in.", was=was, now=now),
            tone="warning",
        )
    return None
