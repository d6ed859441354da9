"""Where a picture of the library is shown, by name."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from shop.campaigns.queries.pictures import stories_with_picture
from shop.catalogue.models import Product
from shop.core.database import session
from shop.core.errors import NotFound
from shop.giving.models import Partner
from shop.media.photos.queries import Uses, uses
from shop.media.photos.rules import Photograph


class Places(Struct, frozen=True):
    """(id, name) of every place; a picture with none may be removed."""

    products: list[tuple[int, str]]
    partners: list[tuple[int, str]]
    stories: list[tuple[int, str]]

    @property
    def anywhere(self) -> bool:
        return bool(self.products or self.partners or self.stories)


def places_of(one: Photograph) -> Places:
    """Three statements and those of the stories."""
    used = uses([one.id]).get(one.id, Uses())
    products = select(Product.id, Product.title).where(Product.id.in_(used.products)).order_by(Product.id)
    partners = select(Partner.id, Partner.name).where(Partner.id.in_(used.partners)).order_by(Partner.id)
    return Places(
        [(key, title) for key, title in session().execute(products)],
        [(key, name) for key, name in session().execute(partners)],
        stories_with_picture(one.key),
    )


def product_title(product_id: int) -> str:
    """Raises NotFound."""
    found = session().execute(select(Product.title).where(Product.id == product_id)).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such product.")
    return found
