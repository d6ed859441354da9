"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from shop.core.database import session, transaction
from tests.support.client import SeparateClient
from tests.support.factories import Shelf


def test_a_living_process_says_ok(client: SeparateClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_store_with_its_tables_is_ready(client: SeparateClient, shelf: Shelf) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.breaks_invariants("a table is missing")
@pytest.mark.only_on("sqlite")
def test_a_store_without_its_tables_is_not(client: SeparateClient) -> None:
    with transaction():
        session().execute(text("ALTER TABLE brand RENAME TO brand_away"))
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
