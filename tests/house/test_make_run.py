"""`make run`: one program that starts all others, and takes all of them with it when it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.support.ports import free_port

SLOW = 90.0  # seconds that a busy machine may take


def _start(var: Path, port: int, **environ: str) -> subprocess.Popen[str]:
    told = {"PATH": os.environ["PATH"], "PORT": str(port), "VAR_DIR": str(var)} | environ
    words = [sys.executable, "deploy/run.py"]
    return subprocess.Popen(words, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def port() -> int:
    return free_port(neighbours=1)  # the stand-in for Stripe listens on the next one


@pytest.fixture
def running(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = _start(tmp_path / "var", port)
    try:
        _await_open(process)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=SLOW)


def _await_open(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    told = []
    for line in process.stdout:
        told.append(line)
        if "Letters" in line:
            return
    raise AssertionError("".join(told))


def _children(pid: int) -> dict[int, str]:
    """Each process below `pid`, however deep, with its words."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    found: dict[int, str] = {}
    level = {pid}
    while level:
        below = {int(row[0]): row[2] for row in rows if int(row[1]) in level}
        found |= below
        level = set(below)
    return found


def _alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def _wait_for_end(pids: set[int]) -> set[int]:
    until = time.monotonic() + 20
    while (left := _alive(pids)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
    except urllib.error.URLError:
        return False
    return True


@pytest.mark.soak
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_and_leaves_nothing_behind(running: subprocess.Popen[str], port: int, number: signal.Signals) -> None:
    assert _answers(port)
    family = set(_children(running.pid))
    assert len(family) >= 4  # the stand-in, gunicorn and its worker, our worker
    running.send_signal(number)
    told, _ = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Stopping" in told
    assert "did not end by itself" not in told
    assert _wait_for_end(family) == set()
    assert not _answers(port)


@pytest.mark.soak
@pytest.mark.parametrize("which", ["shop.stripe_standin", "gunicorn", "worker"])
def test_when_one_dies_all_stop_and_it_is_said(running: subprocess.Popen[str], which: str) -> None:
    family = _children(running.pid)
    os.kill(next(pid for pid, words in family.items() if which in words), signal.SIGKILL)
    told, _ = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "ended (exit code -9). Stopping the others." in told
    assert _wait_for_end(set(family)) == set()


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_even_when_it_is_killed_nobody_is_left(running: subprocess.Popen[str]) -> None:
    family = set(_children(running.pid))
    running.kill()
    assert _wait_for_end(family) == set()


def test_a_port_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        process = _start(tmp_path / "var", number)
        told, _ = process.communicate(timeout=SLOW)
    assert process.returncode == 2
    assert f"Port {number} of 127.0.0.1 cannot be used" in told
    assert "Traceback" not in told


def test_bad_settings_are_told_together(tmp_path: Path) -> None:
    process = _start(tmp_path / "var", 5000, SHOP_ENV="production", SECRET_KEY="short")
    told, _ = process.communicate(timeout=SLOW)
    assert process.returncode == 2
    assert "SECRET_KEY" in told
    assert "DATABASE_URL" in told
    assert "Traceback" not in told
