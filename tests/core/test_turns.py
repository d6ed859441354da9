"""Writers of one SQLite file queue, whatever process or thread they are in."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shop.core.turns import turn_to_write

EACH = 25


def _adds(path: Path, *, queues: bool = True) -> None:
    """Read, dawdle, write: what is lost when two do it at once."""
    for _ in range(EACH):
        with turn_to_write(str(path) if queues else ""):
            count = int(path.read_text() or 0)  # empty while another one writes
            time.sleep(0.0005)
            path.write_text(str(count + 1))


def _alone(path: Path) -> None:
    _adds(path, queues=False)


def _by_four_processes(path: Path, work: object) -> int:
    path.write_text("0")
    with multiprocessing.get_context("fork").Pool(4) as pool:
        pool.map(work, [path] * 4)  # type: ignore[arg-type]  # one of the two above
    return int(path.read_text() or 0)


def test_processes_wait_for_each_other(tmp_path: Path) -> None:
    assert _by_four_processes(tmp_path / "count", _adds) == 4 * EACH


def test_the_control_without_the_file_they_do_not(tmp_path: Path) -> None:
    assert _by_four_processes(tmp_path / "count", _alone) < 4 * EACH


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("0")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_adds, [path] * 4))
    assert int(path.read_text()) == 4 * EACH


def test_a_folder_that_is_not_there_is_for_the_database_to_tell(tmp_path: Path) -> None:
    with turn_to_write(str(tmp_path / "no" / "folder" / "shop.sqlite3")):
        pass
