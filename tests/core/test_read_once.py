"""What is read twice for one page is asked for once, and never remembered longer than the read."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.core.database import end_read, session, transaction
from shop.core.mode import StoreMode
from shop.core.read_once import read_once


@pytest.fixture
def asked() -> list[int]:
    return []


def test_a_read_is_asked_once_until_it_ends(app: Flask, asked: list[int]) -> None:
    @read_once
    def rows(least: int) -> int:
        asked.append(least)
        return session().execute(select(func.count()).select_from(StoreMode)).scalar_one()

    assert (rows(1), rows(1), rows(2), asked) == (0, 0, 0, [1, 2])
    end_read()
    rows(1)
    assert asked == [1, 2, 1]


def test_within_a_write_unit_and_after_it_everything_is_read_anew(app: Flask, asked: list[int]) -> None:
    @read_once
    def rows() -> int:
        asked.append(len(asked))
        return session().execute(select(func.count()).select_from(StoreMode)).scalar_one()

    rows()
    with transaction():
        rows()
        rows()
    rows()
    assert len(asked) == 4
