"""The shelf asks the brand for its time zone: pre-orders end with a day."""

from __future__ import annotations

import pytest

from shop.brand import operations as branding
from shop.core.database import transaction
from tests.support.factories import BRAND


@pytest.fixture(autouse=True)
def brand(request: pytest.FixtureRequest) -> None:
    if "app" in request.fixturenames:
        request.getfixturevalue("app")
        with transaction():
            branding.found(BRAND)
