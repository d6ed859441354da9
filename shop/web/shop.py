"""The shelf, its collections, and the product page."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, request

from shop.campaigns.queries import campaigns_of_products
from shop.campaigns.rules.markdown import prose_html
from shop.catalogue import queries as catalogue
from shop.catalogue.collections import collection_named, collections_shown
from shop.catalogue.rules import ProductDetail, SizeChartView
from shop.catalogue.said import chart_said
from shop.core.errors import NotFound
from shop.core.languages import lazy_gettext
from shop.core.wordings import like
from shop.delivery.queries import zones
from shop.delivery.rules import ZoneView
from shop.delivery.said import zone_said
from shop.giving.queries import pledges_for
from shop.media.photos.queries import photographs_of
from shop.web.kept import kept
from shop.web.listing import Place, listing
from shop.web.present import addresses, cards, linked_data, pledges
from shop.web.present import product as present
from shop.web.present.filters import wanted
from shop.web.present.photographs import photograph
from shop.web.public import absolute, meta, rendered, revalidated
from shop.web.reads import shelf
from shop.web.reads.choices import choices
from shop.web.reads.shelf_map import ShelfMap, shelf_map
from shop.web.search import found_place, search_box
from shop.web.view_models.parts import FieldError, Link, Meta, Picture, StoryCard
from shop.web.view_models.shelf import ProductPage

TITLE = lazy_gettext("Shop")
ABOUT = lazy_gettext("Tees, long sleeves, hoodies and totes with artworks of our own, and what each one gives.")
IN_A_STORY = lazy_gettext("Everything that stands in this story.")
blueprint = Blueprint("shop", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.SHOP)
def index() -> str:
    """24 products at a time, narrowed and sorted by what the address asks for."""
    shelves, words = shelf_map(), wanted(request.args).words
    if words:
        return listing(shelves, found_place(shelves, words))
    shop = Place(
        path=addresses.SHOP, title=str(TITLE), about=str(ABOUT), search=search_box(), collections=_collections()
    )
    return listing(shelves, shop)


@blueprint.get(f"{addresses.COLLECTIONS}/<slug:slug>")
def collection(slug: str) -> str:
    """A collection made by hand, or the products of a published story under the story's name."""
    shelves = shelf_map()
    return listing(shelves, _by_hand(slug, shelves) or _of_a_story(slug, shelves) or abort(404))


def _by_hand(slug: str, shelves: ShelfMap) -> Place | None:
    found = collection_named(slug)
    if found is None:
        return None
    facts, product_ids = found
    return _collection(slug, facts.title, facts.standfirst, shelves.sieve.positions(product_ids))


def _of_a_story(slug: str, shelves: ShelfMap) -> Place | None:
    if slug not in shelves.campaigns:
        return None
    positions = [shelves.sieve.at[one] for one in shelves.stories[slug]]
    return _collection(slug, shelves.titles()[slug], str(IN_A_STORY), positions, story_url=addresses.campaign(slug))


def _collection(slug: str, title: str, about: str, positions: list[int], *, story_url: str = "") -> Place:
    path = addresses.collection(slug)
    return Place(
        path=path,
        title=title,
        about=about,
        positions=positions,
        story_url=story_url,
        breadcrumbs=(Link(label=str(TITLE), url=addresses.SHOP), Link(label=title, url="", current=True)),
    )


@kept
def _collections() -> tuple[Link, ...]:
    return tuple(Link(label=title, url=addresses.collection(slug)) for slug, title in collections_shown())


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

    A former address leads to the present one. Raises NotFound for drafts and strangers.
    """
    try:
        about = catalogue.product_named(slug)
    except NotFound:
        if now := catalogue.moved_to(slug):
            return make_response(redirect(addresses.product(now, colour=colour), 301))
        raise
    page = _page(about, colour=colour, size=size, quantity=quantity, errors=errors)
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
        meta=_meta(about),
        slug=about.slug,
        name=about.title,
        price=present.price(about, offered, colour=chosen, size=size),
        price_before=present.before(offered, colour=chosen, size=size),
        most_each=about.most_each,
        linked=linked_data.product(about, offered, absolute),
        colours=present.colours(about, offered, chosen=chosen, photographs=_photographs(about.id)),
        sizes=present.sizes(offered, chosen=size),
        add_url=addresses.ADD_TO_CART,
        qr_svg=addresses.product_qr(about.slug, "svg"),
        qr_png=addresses.product_qr(about.slug, "png"),
        quantity=min(max(quantity, 1), present.most(about)),
        most=present.most(about),
        breadcrumbs=present.crumbs(about),
        description_html=like(about.story, prose_html(about.story)),
        pledge=pledges.pledge(terms[about.id]) if about.id in terms and not retired else None,
        facts=present.facts(about),
        size_chart=present.size_chart(_size_chart(about.garment), about.fit_note),
        size_guide_url=addresses.size_guide(about.garment),
        delivery=present.delivery(_zones()),
        delivery_url=addresses.DELIVERY,
        story=_story(about.id),
        others=cards.products(others, terms),
        notices=(present.retired(),) if retired else (),
        errors=errors,
        restock_url=present.restock_url(about, offered, colour=chosen, size=size),
        sold_out=retired or all(one.gone for one in offered),
    )


def _photographs(product_id: int) -> tuple[Picture, ...]:
    return tuple(photograph(one) for one in photographs_of(product_id))


def _meta(about: ProductDetail) -> Meta:
    return meta(
        about.title,
        addresses.product(about.slug),
        about.summary,
        kind="product",
        image_url=absolute(addresses.product_card(about.slug)),
        image_alt=about.title,
        indexed=about.status != "retired",
    )


@kept
def _story(product_id: int) -> StoryCard | None:
    found = campaigns_of_products([product_id])
    return cards.story(found[product_id]) if product_id in found else None


@kept
def _size_chart(garment: str) -> SizeChartView | None:
    chart = catalogue.size_chart(garment)
    return chart_said(chart) if chart else None


@kept
def _zones() -> tuple[ZoneView, ...]:
    return tuple(map(zone_said, zones()))
