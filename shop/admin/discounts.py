"""Discounts: the list, a new one, one with its codes and its use, and a batch as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from flask import Response, flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number
from shop.admin.discount_forms import BatchForm, CodeForm, DiscountForm, ScopeForm, copied, offered, terms_of
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.brand.queries import brand
from shop.catalogue.collections import collection_titles
from shop.catalogue.queries import titles
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.core.zones import HOME, on_wall
from shop.discounts.queries import listing as discounts
from shop.discounts.rules import KINDS, Terms, summary
from shop.journeys.keep_brand import brand_or_none
from shop.journeys.keep_discounts import (
    change_discount_scope,
    give_code,
    make_batch,
    make_discount,
    scope_mark,
    set_discount,
)
from shop.orders.queries.search import numbers
from shop.staff.rules.permissions import Permission

SHOWN_CODES = 50


@shows("/discounts", needs=Permission.SEE_DISCOUNTS)
def discount_list() -> Answer:
    """Newest first, with how often each was used and what it gave."""
    number = page_number()
    found = discounts.listed(page=number)
    more = len(found) > discounts.PAGE
    products, collections = titles(), collection_titles()
    scope = {offer.id: _scope(offer.terms, products, collections) for offer in found}
    return page(
        "admin/discounts.html", found=found[: discounts.PAGE], scope=scope, more=more, number=number, summary=summary
    )


@asks("/discounts/new", needs=Permission.CHANGE_DISCOUNTS)
def new_discount() -> Answer:
    """Make an offer, with its first code."""
    products, collections = titles(), collection_titles()
    begun = _begun() if request.method == "GET" else {}
    form = offered(DiscountForm(data=begun), products, collections)
    end_read()
    if request.method == "GET":
        return _new(form)
    if not form.validate_on_submit():
        return _new(form, status=refused(form))
    try:
        terms = terms_of(form, brand().currency, _zone())
        end_read()
        discount_id = make_discount(
            terms,
            code=form.code.data,
            code_uses=form.code_uses.data,
            actor=current().name,
        )
    except ShopError as problem:
        return _new(form, status=refused(form, problem=problem))
    flash("The discount is made and in use.", "success")
    return see_other(url_for("admin.one_discount", discount_id=discount_id))


@shows("/discounts/<row:discount_id>", needs=Permission.SEE_DISCOUNTS)
def one_discount(discount_id: int) -> Answer:
    """Its terms, its codes, and who used it."""
    return _one(discount_id)


@asks("/discounts/<row:discount_id>/scope", needs=Permission.CHANGE_DISCOUNTS)
def discount_scope(discount_id: int) -> Answer:
    """What it is for, while nobody used it."""
    offer, products, collections = discounts.one(discount_id), titles(), collection_titles()
    chosen = {"products": sorted(offer.terms.product_ids), "collections": sorted(offer.terms.collection_ids)}
    form = offered(ScopeForm(data=chosen | {"seen": scope_mark(offer.terms)}), products, collections)
    end_read()
    status = 200
    if form.validate_on_submit():
        try:
            change_discount_scope(
                discount_id,
                product_ids=frozenset(form.products.data or ()),
                collection_ids=frozenset(form.collections.data or ()),
                seen=form.seen.data or "",
                actor=current().name,
            )
        except ShopError as problem:
            status = refused(form, problem=problem)
            form.seen.data = scope_mark(discounts.one(discount_id).terms)
            form.seen.raw_data = None
        else:
            flash("Kept. From now on it is for these.", "success")
            return see_other(url_for("admin.one_discount", discount_id=discount_id))
    elif form.is_submitted():
        status = refused(form)
    return page("admin/discount_scope.html", status=status, form=form, offer=offer)


@does("/discounts/<row:discount_id>/code", needs=Permission.CHANGE_DISCOUNTS)
def add_discount_code(discount_id: int) -> Answer:
    """One more code of one's own choice."""
    form = CodeForm(prefix="code-")

    def act() -> None:
        give_code(discount_id, code=form.code.data, most_uses=form.most_uses.data, actor=current().name)

    return _change(discount_id, form, act, said="The code can be used.")


@does("/discounts/<row:discount_id>/batch", needs=Permission.CHANGE_DISCOUNTS)
def add_discount_batch(discount_id: int) -> Answer:
    """Many codes for one use each."""
    form = BatchForm(prefix="batch-")

    def act() -> None:
        batch, number = form.batch.data, form.number.data
        make_batch(discount_id, batch=batch, number=number, prefix=form.prefix.data, actor=current().name)

    return _change(discount_id, form, act, said="The codes are made.")


@does("/discounts/<row:discount_id>/state", needs=Permission.CHANGE_DISCOUNTS)
def turn_discount(discount_id: int) -> Answer:
    """Pause it, or take it up again."""
    if pressed():
        discounts.one(discount_id)
        end_read()
        state = "paused" if request.form.get("state") == "paused" else "active"
        set_discount(discount_id, state=state, actor=current().name)
        flash("Paused: nobody can use it now." if state == "paused" else "In use again.", "success")
    return see_other(url_for("admin.one_discount", discount_id=discount_id))


@shows("/discounts/<row:discount_id>/codes.csv", needs=Permission.CHANGE_DISCOUNTS)
def discount_codes(discount_id: int) -> Answer:
    """The codes, of one batch where `?batch=` names it. Codes and figures only: nothing a spreadsheet would run."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("code", "uses", "limit", "made"))
    for row in discounts.codes_of(discount_id, batch=request.args.get("batch")):
        rows.writerow((row.code, row.uses, row.most_uses or "", row.created_at.date().isoformat()))
    answer = Response(text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="discount-{discount_id}-codes.csv"'
    return answer


def _new(form: DiscountForm, *, status: int = 200) -> Answer:
    kinds = [(value, label, value == form.kind.data) for value, label in KINDS.items()]
    return page(
        "admin/new_discount.html",
        form=form,
        kinds=kinds,
        zone=_zone().replace("_", " "),
        status=status,
    )


def _begun() -> dict[str, object]:
    """What a new one begins with: nothing, or the terms of `?copy=`. Raises NotFound."""
    asked = request.args.get("copy", "")
    return copied(discounts.one(int(asked)).terms, _zone()) if asked.isdecimal() else {}


def _zone() -> str:
    """The store's clock; that of a store that is not open yet goes by UTC."""
    there = brand_or_none()
    return there.time_zone if there else HOME


def _when(terms: Terms) -> str:
    """Its window by the store's clock."""
    zone = _zone()
    begins, ends = (f"{on_wall(one, zone):%Y-%m-%d %H:%M}" if one else "" for one in (terms.starts_at, terms.ends_at))
    window = f"from {begins or 'the start'}" + (f" until {ends}" if ends else "")
    return f"{window} ({zone.replace('_', ' ')})" if begins or ends else window


def _scope(terms: Terms, products: Mapping[int, str], collections: Mapping[int, str]) -> list[str]:
    """What an offer is for, in titles: collections as such, for what they hold will change; empty for everything."""
    named = [f"all of {title}" for one, title in collections.items() if one in terms.collection_ids]
    return named + [title for one, title in products.items() if one in terms.product_ids]


def _change(discount_id: int, form: CodeForm | BatchForm, act: Callable[[], None], *, said: str) -> Answer:
    discounts.one(discount_id)
    end_read()
    if not form.validate_on_submit():
        return _one(discount_id, form, status=refused(form))
    try:
        act()
    except ShopError as problem:
        return _one(discount_id, form, status=refused(form, problem=problem))
    flash(said, "success")
    return see_other(url_for("admin.one_discount", discount_id=discount_id))


def _one(discount_id: int, typed: CodeForm | BatchForm | None = None, *, status: int = 200) -> Answer:
    offer, uses = discounts.one(discount_id), discounts.uses_of(discount_id)
    kinds = {"code": CodeForm, "batch": BatchForm}
    forms = {
        name: typed if isinstance(typed, kind) else kind(prefix=f"{name}-", formdata=None)
        for name, kind in kinds.items()
    }
    return page(
        "admin/discount.html",
        status=status,
        offer=offer,
        says=summary(offer.terms),
        scope=_scope(offer.terms, titles(), collection_titles()),
        when_it_counts=_when(offer.terms),
        codes=discounts.codes_of(discount_id, batch="", limit=SHOWN_CODES),
        batches={name: told for name, told in discounts.batches_of(discount_id).items() if name},
        uses=uses,
        numbers=numbers(use.order_id for use in uses),
        forms=forms,
    )
