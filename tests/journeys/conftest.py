"""A stocked shop, its outside in memory, and a clock that stands still."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.config import Settings
from tests.support.factories import Shelf, Shopper, open_shop
from tests.support.held_clock import HeldClock
from tests.support.till import Till


@pytest.fixture
def settings(held_clock: HeldClock, settings: Settings) -> Settings:
    """The clock comes before the store, so that it still stands when the store is checked after the test."""
    return settings


@pytest.fixture
def till() -> Till:
    return Till()


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    """Ten of each size at $25, $5 of each to the partner."""
    return open_shop()


@pytest.fixture
def shopper(till: Till, shelf: Shelf) -> Shopper:
    return Shopper(till)
