"""One search over orders, products, stories, partners and pages of this door, each only for those who may see it."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for
from msgspec import Struct
from sqlalchemy import or_, select

from shop.admin.access import allowed
from shop.admin.answers import page
from shop.admin.asked import search_words
from shop.admin.navigation import MENU
from shop.admin.routes import Answer, shows
from shop.admin.settings_index import ABOUT
from shop.campaigns.models import Campaign
from shop.catalogue.models import Product, Variant
from shop.core.database import session
from shop.giving.models import Partner
from shop.orders.models import Order
from shop.orders.queries.search import matching
from shop.staff.rules.permissions import Permission

MOST = 8  # of each kind


class Hit(Struct, frozen=True):
    """A page that was found."""

    label: str
    url: str
    about: str = ""


class Kind(Struct, frozen=True):
    """What was found of one kind."""

    label: str
    hits: list[Hit]


@shows("/search", needs=Permission.SEE_TODAY)
def search() -> Answer:
    """As a page; the dialog of Ctrl K shows the same."""
    typed = search_words()
    return page("admin/search.html", typed=typed, kinds=_found(typed) if typed else [])


def _found(typed: str) -> list[Kind]:
    """One statement of each kind that one may see."""
    kinds = [Kind(label, look(typed)) for label, permission, look in SEARCHED if allowed(permission)]
    return [kind for kind in kinds if kind.hits]


def _orders(typed: str) -> list[Hit]:
    wanted = select(Order.id, Order.number, Order.state, Order.ship_to).where(Order.kind == "sale", matching(typed))
    rows = session().execute(wanted.order_by(Order.placed_at.desc()).limit(MOST))
    return [
        Hit(row.number, url_for("admin.one_order", order_id=row.id), str((row.ship_to or {}).get("name") or ""))
        for row in rows
    ]


def _products(typed: str) -> list[Hit]:
    skus = select(Variant.product_id).where(
        or_(Variant.sku.icontains(typed, autoescape=True), Variant.barcode == typed)
    )
    wanted = select(Product.id, Product.title, Product.status).where(
        or_(Product.title.icontains(typed, autoescape=True), Product.id.in_(skus))
    )
    rows = session().execute(wanted.order_by(Product.position, Product.id).limit(MOST))
    return [Hit(row.title, url_for("admin.one_product", product_id=row.id), row.status) for row in rows]


def _stories(typed: str) -> list[Hit]:
    wanted = select(Campaign.id, Campaign.title, Campaign.status).where(
        Campaign.title.icontains(typed, autoescape=True)
    )
    rows = session().execute(wanted.order_by(Campaign.title, Campaign.id).limit(MOST))
    endpoint = "admin.edit_story" if allowed(Permission.WRITE_STORIES) else "admin.story_revisions"
    return [Hit(row.title, url_for(endpoint, campaign_id=row.id), row.status.replace("_", " ")) for row in rows]


def _partners(typed: str) -> list[Hit]:
    wanted = select(Partner.id, Partner.name, Partner.status).where(Partner.name.icontains(typed, autoescape=True))
    rows = session().execute(wanted.order_by(Partner.name, Partner.id).limit(MOST))
    may_edit = allowed(Permission.KEEP_PARTNERS)
    return [
        Hit(
            row.name,
            url_for("admin.edit_partner", partner_id=row.id) if may_edit else url_for("admin.partner_list"),
            row.status,
        )
        for row in rows
    ]


def _pages(typed: str) -> list[Hit]:
    """Pages of the menu by their name, their group's, or what is set there."""
    words = typed.casefold()
    return [
        Hit(label, url_for(f"admin.{endpoint}"), ABOUT.get(endpoint, group))
        for group, pages in MENU
        for label, endpoint, permission in pages
        if allowed(permission) and words in f"{label} {group} {ABOUT.get(endpoint, '')}".casefold()
    ]


SEARCHED: tuple[tuple[str, Permission, Callable[[str], list[Hit]]], ...] = (
    ("Orders", Permission.SEE_ORDERS, _orders),
    ("Products", Permission.SEE_PRODUCTS, _products),
    ("Stories", Permission.SEE_STORIES, _stories),
    ("Partners", Permission.SEE_STORIES, _partners),
    ("Pages", Permission.SEE_TODAY, _pages),
)
