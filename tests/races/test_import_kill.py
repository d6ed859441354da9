"""An import that dies in the middle leaves all of it or none, and the next worker ends it."""

from __future__ import annotations

import time

import pytest

from shop.catalogue.queries import all_variants
from shop.journeys.import_stock import ask_to_apply, upload_stock
from tests.support import backstage
from tests.support.servers import RunningStore

pytestmark = pytest.mark.soak
_MOVED = "SELECT COUNT(*) FROM stock_movements m JOIN stock_changes c ON c.id = m.change_id WHERE c.kind = 'imported'"
_IN_HAND = "SELECT COUNT(*) FROM outbox_jobs WHERE kind = 'stock_import_apply' AND lease IS NOT NULL"
_STATE = "SELECT state FROM stock_imports WHERE id = :id"


def _state(store: RunningStore, import_id: int) -> str:
    return str(backstage.rows(store, _STATE, id=import_id)[0][0])


def _ready(store: RunningStore, import_id: int) -> None:
    backstage.let_time_pass(store)
    backstage.works(store)
    assert _state(store, import_id) == "ready"


def _begun(store: RunningStore) -> None:
    """Until a worker has the promise in hand."""
    until = time.monotonic() + 60
    while not backstage.rows(store, _IN_HAND)[0][0]:
        assert time.monotonic() < until, "no worker took it"
        time.sleep(0.02)


@pytest.mark.parametrize("rounds", [5])
def test_killed_at_any_moment_an_import_is_all_or_none(live_store: RunningStore, rounds: int) -> None:
    seeded = live_store.flask("demo", "--products", "120")
    assert seeded.returncode == 0, seeded.stderr
    wait, died, applied = 0.6, 0, 0
    with backstage.inside(live_store):
        skus = [one.sku for one in all_variants()][:10_000]
    text = "".join(f"{sku},1\n" for sku in skus).encode()
    for _ in range(rounds):
        with backstage.inside(live_store):
            import_id = upload_stock(
                text, file_name="more.csv", mode="add", reason="Delivery", expected_rows=len(skus), actor="Ada"
            )
        _ready(live_store, import_id)
        before = backstage.rows(live_store, _MOVED)[0][0]
        with backstage.inside(live_store):
            ask_to_apply(import_id, leave_out=False, actor="Ada")
        worker = backstage.start_worker(live_store)
        _begun(live_store)
        time.sleep(wait)
        backstage.kill(worker)
        moved = backstage.rows(live_store, _MOVED)[0][0] - before
        state = _state(live_store, import_id)
        assert (moved, state) in ((0, "applying"), (len(skus), "applied")), (moved, state)
        died, applied = died + (state == "applying"), applied + (state == "applied")
        wait *= 0.5 if state == "applied" else 1.4  # close in on the commit, however fast the machine
        backstage.let_time_pass(live_store)
        backstage.works(live_store)
        assert _state(live_store, import_id) == "applied"
        assert backstage.rows(live_store, _MOVED)[0][0] == before + len(skus)
    assert died, "no kill came before the end"
    print(f"\n{rounds} kills: {died} before, {applied} after; {len(skus):,} rows each, never a part")  # noqa: T201
