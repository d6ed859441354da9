"""A small shop for the storefront's tests: one tee, a till in memory, and people who shop through the test client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.client import SeparateClient
from tests.support.factories import Shelf, open_shop
from tests.support.shopper import FlaskBrowser, Shopper
from tests.support.till import Till


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    """What is for sale: `tee` in ink, S, M and L, ten of each."""
    return open_shop()


@pytest.fixture
def till(app: Flask) -> Iterator[Till]:
    """The payment processor and the post, in memory, in place of those that the settings name."""
    made, real = Till(), app.extensions["services"]
    app.extensions["services"] = made.services
    yield made
    app.extensions["services"] = real


@pytest.fixture
def shopper(shelf: Shelf, till: Till, client: SeparateClient) -> Shopper:
    """Somebody in front of the shop."""
    return Shopper(FlaskBrowser(client))


@pytest.fixture
def another(shelf: Shelf, till: Till, app: Flask) -> Shopper:
    """Somebody else, with cookies of their own."""
    client = app.test_client()
    assert isinstance(client, SeparateClient)
    return Shopper(FlaskBrowser(client))
