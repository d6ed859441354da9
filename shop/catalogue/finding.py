"""Variants by what is printed on them: a SKU in any case, or a barcode."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, or_, select

from shop.catalogue.models import Variant
from shop.core.database import session

_BATCH = 2_000


def variants_by_code(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """(variant, product) by SKU in capitals and by barcode, of those asked for; strangers are absent."""
    asked = sorted({code.strip().upper() for code in codes if code.strip()})
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(asked), _BATCH):
        some = asked[start : start + _BATCH]
        rows = session().execute(
            select(Variant.id, Variant.product_id, Variant.sku, Variant.barcode).where(
                or_(func.upper(Variant.sku).in_(some), Variant.barcode.in_(some))
            )
        )
        for variant_id, product_id, sku, barcode in rows:
            found |= dict.fromkeys([sku.upper(), *([barcode] if barcode else [])], (variant_id, product_id))
    return {code: found[code] for code in asked if code in found}


def barcodes_of(variant_ids: Iterable[int]) -> dict[int, str]:
    """Barcodes by variant; those without one are absent."""
    asked = select(Variant.id, Variant.barcode).where(Variant.id.in_(list(variant_ids)), Variant.barcode.is_not(None))
    return {variant_id: barcode for variant_id, barcode in session().execute(asked) if barcode}


def all_barcodes() -> dict[int, str]:
    """Barcodes of every variant that has one."""
    asked = select(Variant.id, Variant.barcode).where(Variant.barcode.is_not(None))
    return {variant_id: barcode for variant_id, barcode in session().execute(asked) if barcode}
