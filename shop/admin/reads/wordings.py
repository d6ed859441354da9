"""The English of whatever can be put into other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from shop.brand.models import Brand
from shop.campaigns.models import Campaign, CampaignUpdate, Video
from shop.catalogue.models import Product
from shop.core.database import session
from shop.core.errors import NotFound
from shop.giving.models import Partner
from shop.journeys.keep_wordings import FIELDS

MODELS: Mapping[str, tuple[Any, str]] = {
    "product": (Product, "title"),
    "partner": (Partner, "name"),
    "campaign": (Campaign, "title"),
    "news": (CampaignUpdate, "title"),
    "film": (Video, "title"),
    "brand": (Brand, "name"),
}


class English(Struct, frozen=True):
    """A thing with its name and its texts by field."""

    kind: str
    subject: int
    name: str
    texts: Mapping[str, str]


def english(kind: str, subject: int) -> English:
    """Raises NotFound."""
    model, name = MODELS[kind]
    names = [field.name for field in FIELDS[kind] if not field.beside]
    wanted = select(getattr(model, name), *(getattr(model, one) for one in names)).where(model.id == subject)
    row = session().execute(wanted).one_or_none()
    if row is None:
        raise NotFound("There is no such thing here.")
    return English(kind, subject, row[0], {one: text or "" for one, text in zip(names, row[1:], strict=True)})
