"""A shop to order from."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.config import Settings
from tests.support.factories import Shelf, open_shop
from tests.support.held_clock import HeldClock


@pytest.fixture
def settings(held_clock: HeldClock, settings: Settings) -> Settings:
    """The clock comes before the store, so that it still stands when the store is checked after the test."""
    return settings


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop(pledge=None)
