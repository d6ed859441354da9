"""Collections: the list, a new one, one with its products."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.product_forms import CollectionForm
from shop.admin.reads import products as read
from shop.admin.routes import Answer, asks, see_other, shows
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.journeys.keep_collections import keep_collection
from shop.staff.rules.permissions import Permission


@shows("/collections", needs=Permission.SEE_PRODUCTS)
def collection_list() -> Answer:
    """In the order in which visitors see them."""
    return page("admin/collections.html", found=read.collections())


@asks("/collections/new", needs=Permission.CHANGE_PRODUCTS)
def new_collection() -> Answer:
    """Put products together."""
    form = CollectionForm()
    if request.method == "GET":
        form.position.data = 1
    return _kept(None, form)


@asks("/collections/<row:collection_id>", needs=Permission.CHANGE_PRODUCTS)
def one_collection(collection_id: int) -> Answer:
    """Say something else of it, or put other products in."""
    facts, slugs = read.collection(collection_id)
    end_read()
    return _kept(collection_id, CollectionForm(obj=facts, products="\n".join(slugs)))


def _kept(collection_id: int | None, form: CollectionForm) -> Answer:
    if request.method == "GET":
        return page("admin/collection.html", form=form)
    if not form.validate_on_submit():
        return page("admin/collection.html", form=form, status=refused(form))
    try:
        kept = keep_collection(collection_id, form.facts(), form.slugs(), actor=current().name)
    except ShopError as problem:
        return page("admin/collection.html", form=form, status=refused(form, problem=problem))
    flash("The collection is kept.", "success")
    return see_other(url_for("admin.one_collection", collection_id=kept))
