"""The brand is one, is checked, and is never shown stale for long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import text

from shop.brand import operations
from shop.brand.queries import KEPT_FOR, NotSetUp, brand
from shop.core.database import db, end_read, transaction
from shop.core.errors import Invalid
from tests.support import factories
from tests.support.factories import usd
from tests.support.held_clock import HeldClock

BRAND = replace(factories.BRAND, slug="lantern-and-thread", name="Lantern & Thread", demo=True, demo_notice="A demo.")


def test_a_store_without_a_brand_says_that_it_is_not_set_up(app: Flask) -> None:
    with pytest.raises(NotSetUp):
        brand()


def test_the_brand_is_read_as_it_was_written(app: Flask) -> None:
    with transaction():
        operations.set_brand(BRAND)
    assert brand() == BRAND


def test_a_change_is_seen_at_once_where_it_was_made(app: Flask, held_clock: HeldClock) -> None:
    with transaction():
        operations.set_brand(BRAND)
    assert brand().name == "Lantern & Thread"
    with transaction():
        operations.set_brand(replace(BRAND, name="Another"))
        assert brand().name == "Another"
    assert brand().name == "Another"


def test_a_change_that_is_taken_back_was_never_there(app: Flask, held_clock: HeldClock) -> None:
    with transaction():
        operations.set_brand(BRAND)
    with pytest.raises(RuntimeError), transaction():
        operations.set_brand(replace(BRAND, name="Another"))
        assert brand().name == "Another"
        raise RuntimeError
    assert brand().name == "Lantern & Thread"


def test_a_change_made_elsewhere_is_seen_a_few_seconds_later(app: Flask, held_clock: HeldClock) -> None:
    with transaction():
        operations.set_brand(BRAND)
    end_read()
    assert brand().name == "Lantern & Thread"
    end_read()
    with db.engine.begin() as elsewhere:
        elsewhere.execute(text("UPDATE brand SET name = 'Another'"))
    assert brand().name == "Lantern & Thread"
    held_clock.forward(KEPT_FOR - timedelta(seconds=1))
    assert brand().name == "Lantern & Thread"
    held_clock.forward(seconds=1)
    assert brand().name == "Another"


def test_a_store_is_founded_once(app: Flask) -> None:
    with transaction():
        assert operations.found(BRAND)
    with transaction():
        assert not operations.found(replace(BRAND, name="Another"))
    assert brand() == BRAND


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", " "),
        ("contact_email", "nobody"),
        ("contact_email", "two@at@signs"),
        ("contact_email", "line\nbreak@example.org"),
        ("currency", "EUR"),
        ("gift_minimum", usd(0)),
        ("gift_minimum", usd(50_001)),
        ("gift_presets", (usd(50),)),
        ("gift_presets", (usd(60_000),)),
        ("round_up_steps", ()),
        ("round_up_steps", (usd(0),)),
        ("demo_notice", ""),
    ],
)
def test_a_brand_that_contradicts_itself_is_refused(app: Flask, field: str, wrong: Any) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        operations.set_brand(replace(BRAND, **{field: wrong}))
    assert refused.value.field == field
