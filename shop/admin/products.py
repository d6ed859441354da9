"""Products: the list, a new one, one with its words, its hour, its colours and its prices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, request, url_for

from shop.admin.access import allowed, current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number, search_words
from shop.admin.media import src_of
from shop.admin.product_forms import ColourForm, ProductForm, ShowForm, typed_terms
from shop.admin.reads import products as read
from shop.admin.reads.product_matrix import matrix
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.brand.queries import brand
from shop.core.database import end_read
from shop.core.errors import Invalid, ShopError
from shop.journeys.keep_products import (
    add_colour,
    add_size,
    make_product,
    price_product,
    say_of_product,
    show_product,
    withdraw_product,
)
from shop.media.photos.queries import library, photographs_of
from shop.staff.rules.permissions import Permission


@shows("/products", needs=Permission.SEE_PRODUCTS)
def product_list() -> Answer:
    """In the order of the shelf; `?state=` and `?q=` narrow."""
    number, search, state = page_number(), search_words(), request.args.get("state", "")
    found, more = read.listed(search=search, state=state, page=number)
    return page(
        "admin/products.html",
        states=read.STATES,
        state=state if state in read.STATES else "",
        found=found,
        more=more,
        number=number,
        search=search,
    )


@asks("/products/new", needs=Permission.CHANGE_PRODUCTS)
def new_product() -> Answer:
    """A draft with its first colour."""
    form, colour = ProductForm(), ColourForm(prefix="colour-", meta={"csrf": False})
    end_read()
    if request.method == "GET":
        form.position.data = 1
        return page("admin/new_product.html", form=form, colour=colour)
    if not (form.validate_on_submit() & colour.validate_on_submit()):
        return page("admin/new_product.html", form=form, colour=colour, status=refused(form))
    currency = brand().currency
    end_read()
    try:
        product_id = make_product(form.facts(), colour.colour(currency), actor=current().name)
    except ShopError as problem:
        owner = colour if problem.field in ("sizes", "price", "name") else form
        return page("admin/new_product.html", form=form, colour=colour, status=refused(owner, problem=problem))
    flash("The product is a draft now. Count its stock, then put it on the shelf.", "success")
    return see_other(url_for("admin.one_product", product_id=product_id))


@shows("/products/<row:product_id>", needs=Permission.SEE_PRODUCTS)
def one_product(product_id: int) -> Answer:
    """Everything that is known of it."""
    return _one(product_id)


@does("/products/<row:product_id>/words", needs=Permission.CHANGE_PRODUCTS)
def change_product(product_id: int) -> Answer:
    """Other words, or another address: the former one goes on leading here."""
    form = ProductForm()
    return _change(product_id, form, lambda: say_of_product(product_id, form.facts(), actor=current().name))


@does("/products/<row:product_id>/show", needs=Permission.CHANGE_PRODUCTS)
def show(product_id: int) -> Answer:
    """On the shelf, at once or from a moment on."""
    form = ShowForm(prefix="show-")
    return _change(product_id, form, lambda: show_product(product_id, at=form.moment(), actor=current().name))


@does("/products/<row:product_id>/withdraw", needs=Permission.CHANGE_PRODUCTS)
def withdraw(product_id: int) -> Answer:
    """Off the shelf: its page stays and says so, or it is a draft again."""
    if pressed():
        withdraw_product(product_id, to=request.form.get("becomes", ""), actor=current().name)
        flash("It is off the shelf.", "success")
    return see_other(url_for("admin.one_product", product_id=product_id))


@does("/products/<row:product_id>/colours", needs=Permission.CHANGE_PRODUCTS)
def new_colour(product_id: int) -> Answer:
    """One more colour."""
    form, known = ColourForm(prefix="colours-"), read.one(product_id)
    places = {row.size: row.size_position for row in known.variants}

    def act() -> None:
        add_colour(product_id, known.facts.slug, form.colour(known.currency, places), actor=current().name)

    return _change(product_id, form, act)


@does("/products/<row:product_id>/sizes", needs=Permission.CHANGE_PRODUCTS)
def new_size(product_id: int) -> Answer:
    """One more size of a colour that is there: a hole of the matrix, or a size that is new."""
    if pressed():
        colour, size = request.form.get("colour", ""), " ".join(request.form.get("size", "").split())
        if not size:
            colour, _bar, size = request.form.get("hole", "").partition("/")
        try:
            add_size(product_id, colour, size, actor=current().name)
        except ShopError as problem:
            return _one(product_id, problem=problem, status=problem.kind.value)
        flash(f"{size} is added, at the price of the colour. Count its stock.", "success")
    return see_other(url_for("admin.one_product", product_id=product_id, _anchor="variants"))


@does("/products/<row:product_id>/prices", needs=Permission.CHANGE_PRODUCTS)
def set_prices(product_id: int) -> Answer:
    """The whole grid of variants, all or none."""
    known = read.one(product_id)
    end_read()
    if not pressed():
        return see_other(url_for("admin.one_product", product_id=product_id))
    try:
        terms = typed_terms(known, request.form, barcodes="barcodes" in request.form)
        price_product(product_id, terms, actor=current().name)
    except ShopError as problem:
        return _one(product_id, typed=request.form, problem=problem, status=problem.kind.value)
    flash("Prices, SKUs and barcodes are kept.", "success")
    return see_other(url_for("admin.one_product", product_id=product_id))


def _change(product_id: int, form: ProductForm | ShowForm | ColourForm, act: Callable[[], None]) -> Answer:
    """Do it and show the product, or show it again with what was typed and what stood in the way."""
    read.one(product_id)
    end_read()
    if not form.validate_on_submit():
        return _one(product_id, form, status=refused(form))
    try:
        act()
    except ShopError as problem:
        return _one(product_id, form, status=refused(form, problem=problem))
    flash("Kept.", "success")
    return see_other(url_for("admin.one_product", product_id=product_id))


def _one(
    product_id: int,
    sent: ProductForm | ShowForm | ColourForm | None = None,
    *,
    typed: object = None,
    problem: ShopError | None = None,
    status: int = 200,
) -> Answer:
    """`sent` is the form that was refused, `typed` the grid that was; the others show what is known."""
    product = read.one(product_id)
    kinds = {"words": (ProductForm, ""), "show": (ShowForm, "show-"), "colour": (ColourForm, "colours-")}
    forms: dict[str, Any] = {
        name: sent if isinstance(sent, kind) else kind(prefix=prefix, formdata=None, obj=product.facts)
        for name, (kind, prefix) in kinds.items()
    }
    if not isinstance(sent, ColourForm):
        forms["colour"].sizes.data = ", ".join(dict.fromkeys(row.size for row in product.variants))
    told = problem or Invalid("")
    gallery = [(one, src_of(one)) for one in photographs_of(product_id)]
    shown = {one.id for one, _src in gallery}
    others = [one for one in library() if one.shown.id not in shown] if allowed(Permission.KEEP_PICTURES) else []
    return page(
        "admin/product.html",
        status=status,
        gallery=gallery,
        library=others,
        product=product,
        matrix=matrix(product.colours, product.variants),
        forms=forms,
        typed=typed,
        problem=told,
    )
