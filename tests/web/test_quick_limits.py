"""Limits counted in memory, at a Redis, and while that Redis is away."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.web.quick_limits import QuickLimits
from tests.support.ports import free_port

HERE = "192.0.2.0/24"


def _allowed(limits: QuickLimits, tries: int = 4) -> list[bool]:
    return [limits.allows("suggestions", HERE, per_minute=3) for _ in range(tries)]


@pytest.fixture
def redis_port(tmp_path: Path) -> Iterator[int]:
    """A Redis of this test's own."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Redis was not found: install redis-server.")
        pytest.skip("Redis was not found: install redis-server to test limits that processes share.")
    port = free_port()
    words = [program, "--port", str(port), "--save", "", "--dir", str(tmp_path), "--bind", "127.0.0.1"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def _await(port: int) -> None:
    import redis

    for _ in range(100):
        try:
            with redis.Redis(port=port) as client:
                client.ping()
                return
        except redis.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("Redis did not answer")


def test_in_memory_each_process_counts_for_itself() -> None:
    assert _allowed(QuickLimits(None)) == [True, True, True, False]
    assert _allowed(QuickLimits(None), tries=1) == [True]


@pytest.mark.parametrize("scheme", ["redis", "valkey"])
def test_at_a_redis_all_count_together(redis_port: int, scheme: str) -> None:
    address = f"{scheme}://127.0.0.1:{redis_port}/0"
    assert _allowed(QuickLimits(address)) == [True, True, True, False]
    assert _allowed(QuickLimits(address), tries=1) == [False]


def test_a_redis_that_is_away_limits_nobody() -> None:
    assert _allowed(QuickLimits(f"redis://127.0.0.1:{free_port()}/0")) == [True, True, True, True]
