"""Writes of the catalogue. All assume an open transaction."""

from shop.catalogue.operations.collections import add_collection, change_collection, fill_collection
from shop.catalogue.operations.editing import (
    VariantTerms,
    add_colour,
    add_variant,
    change_product,
    free_address,
    like_of,
    schedule,
    set_variants,
    standing_of,
    terms_of,
    withdraw,
)
from shop.catalogue.operations.products import (
    Listed,
    Listing,
    NewProduct,
    NewVariant,
    add_product,
    add_published,
    price_variant,
    publish,
    retire,
)
from shop.catalogue.operations.size_charts import set_size_chart

__all__ = [
    "Listed",
    "Listing",
    "NewProduct",
    "NewVariant",
    "VariantTerms",
    "add_collection",
    "add_colour",
    "add_product",
    "add_published",
    "add_variant",
    "change_collection",
    "change_product",
    "fill_collection",
    "free_address",
    "like_of",
    "price_variant",
    "publish",
    "retire",
    "schedule",
    "set_size_chart",
    "set_variants",
    "standing_of",
    "terms_of",
    "withdraw",
]
