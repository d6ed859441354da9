"""A shelf with ten of each size, and orders to keep units for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from shop.core.config import Settings
from shop.core.database import transaction
from tests.orders.making import place_order
from tests.support.factories import Shelf, open_shop
from tests.support.held_clock import HeldClock


@pytest.fixture
def settings(held_clock: HeldClock, settings: Settings) -> Settings:
    """The clock comes before the store, so that it still stands when the store is checked after the test."""
    return settings


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop(pledge=None)


@pytest.fixture
def medium(shelf: Shelf) -> int:
    """The id of a variant with ten on hand."""
    return shelf.variants["TEE-M"]


@pytest.fixture
def large(shelf: Shelf) -> int:
    return shelf.variants["TEE-L"]


@pytest.fixture
def placed(shelf: Shelf) -> Callable[..., str]:
    """`placed({variant: quantity})` holds the units and places an order for them; its id."""

    def place(wants: dict[int, int]) -> str:
        with transaction():
            return place_order(shelf.product_id, wants)

    return place
