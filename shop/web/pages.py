"""Pages of plain prose, helplines among them."""

from __future__ import annotations

from flask import Blueprint

from shop.campaigns import queries
from shop.web.present import addresses, prose
from shop.web.public import meta, rendered, revalidated
from shop.web.reads.helplines import helplines

blueprint = Blueprint("pages", __name__)
blueprint.after_request(revalidated)


@blueprint.get("/pages/<slug:slug>")
def show(slug: str) -> str:
    """A page by its slug; raises NotFound."""
    found = queries.page_named(slug)
    page = prose.prose_page(found, meta(found.title, addresses.page(slug), found.summary), helplines())
    return rendered("pages/prose.html", page)
