"""The shelf and the product page."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, request

from shop.campaigns.queries import campaigns_of_products
from shop.campaigns.rules.markdown import prose_html
from shop.catalogue import queries as catalogue
from shop.catalogue.rules import ProductDetail, SizeChartView
from shop.delivery.queries import zones
from shop.delivery.rules import ZoneView
from shop.giving.queries import pledges_for
from shop.web.kept import kept
from shop.web.present import addresses, cards, pledges
from shop.web.present import product as present
from shop.web.present.pages import count_in_words, page_asked, pagination
from shop.web.public import absolute, meta, rendered, revalidated
from shop.web.reads import shelf
from shop.web.reads.choices import choices
from shop.web.view_models.parts import FieldError, StoryCard
from shop.web.view_models.shelf import ProductPage, ShopPage

TITLE = "Shop"
ABOUT = "Tees, long sleeves, hoodies and totes with artworks of our own, and what each one gives."
blueprint = Blueprint("shop", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.SHOP)
def index() -> str:
    """24 products at a time."""
    number = page_asked(request.args.get("page"))
    if number is None:
        abort(404)
    found, total = shelf.page(offset=(number - 1) * shelf.PAGE)
    if number > 1 and not found:
        abort(404)
    page = ShopPage(
        meta=meta(TITLE if number == 1 else f"{TITLE}, page {number}", addresses.shop_page(number), ABOUT),
        heading=TITLE,
        standfirst=ABOUT,
        count=count_in_words(total, number, shelf.PAGE),
        products=cards.products(found, pledges_for(card.product.id for card in found)),
        clear_url=addresses.SHOP,
        pagination=pagination(total, number, shelf.PAGE),
    )
    return rendered("shop/shop.html", page)


@blueprint.get(f"{addresses.SHOP}/<slug:slug>")
def product(slug: str) -> Response:
    """One product; `?colour=` and `?size=` choose."""
    asked = request.args
    return product_answer(slug=slug, colour=asked.get("colour", ""), size=asked.get("size", ""))


def product_answer(
    *,
    slug: str,
    colour: str = "",
    size: str = "",
    quantity: int = 1,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    """The product page with what was chosen so far, and why it could not be put in the cart if it could not.

    Raises NotFound for drafts and strangers.
    """
    page = _page(catalogue.product_named(slug), colour=colour, size=size, quantity=quantity, errors=errors)
    answer = make_response(rendered("shop/product.html", page), status)
    if status != 200:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(
    about: ProductDetail, *, colour: str, size: str, quantity: int, errors: tuple[FieldError, ...]
) -> ProductPage:
    offered, others = choices(about.id), shelf.besides(about.id)
    terms = pledges_for([about.id, *(card.product.id for card in others)])
    chosen = present.chosen_colour(offered, colour)
    retired = about.status == "retired"
    return ProductPage(
        meta=meta(
            about.title,
            addresses.product(about.slug),
            about.summary,
            kind="product",
            image_url=absolute(addresses.product_card(about.slug)),
            image_alt=about.title,
            indexed=not retired,
        ),
        slug=about.slug,
        name=about.title,
        price=present.price(about, offered, colour=chosen, size=size),
        colours=present.colours(about, offered, chosen=chosen),
        sizes=present.sizes(offered, chosen=size),
        add_url=addresses.ADD_TO_CART,
        quantity=min(max(quantity, 1), present.MOST),
        most=present.MOST,
        breadcrumbs=present.crumbs(about),
        description_html=prose_html(about.story),
        pledge=pledges.pledge(terms[about.id]) if about.id in terms and not retired else None,
        facts=present.facts(about),
        size_chart=present.size_chart(_size_chart(about.garment), about.fit_note),
        delivery=present.delivery(_zones()),
        delivery_url=addresses.DELIVERY,
        story=_story(about.id),
        others=cards.products(others, terms),
        notices=(present.RETIRED,) if retired else (),
        errors=errors,
        sold_out=retired or not any(one.available > 0 for one in offered),
    )


@kept
def _story(product_id: int) -> StoryCard | None:
    found = campaigns_of_products([product_id])
    return cards.story(found[product_id]) if product_id in found else None


@kept
def _size_chart(garment: str) -> SizeChartView | None:
    return catalogue.size_chart(garment)


@kept
def _zones() -> tuple[ZoneView, ...]:
    return tuple(zones())
