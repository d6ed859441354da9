"""Puts so much of the first tee on the shelf that measuring cannot sell it out. Run with the store's environment."""

from __future__ import annotations

from shop.catalogue.queries import all_variants
from shop.factory import create_app
from shop.journeys.keep_stock import receive_stock


def main() -> None:
    with create_app().app_context():
        first = all_variants()[0]
        for variant in all_variants(product_ids=[first.product_id]):
            receive_stock(variant_id=variant.id, quantity=90_000, reason="For measuring", actor="bench")


if __name__ == "__main__":
    main()
