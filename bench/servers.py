"""Starts what is measured: the store, the bare view and a stand-in, each in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEBHOOK_SECRET = "whsec_bench"


@dataclass(frozen=True, slots=True)
class Running:
    """Addresses of the three, process ids of the store's master and of the stand-in, and the store's environment."""

    store: str
    bare: str
    standin: str
    store_pid: int
    standin_pid: int
    environ: dict[str, str]


@contextmanager
def running(folder: Path, *, database_url: str | None, products: int | None) -> Iterator[Running]:
    """A seeded store in `folder` (SQLite there, or any empty database), with plenty of everything in stock."""
    store_port, bare_port, standin_port = free_port(), free_port(), free_port()
    standin = f"http://127.0.0.1:{standin_port}"
    environ = _environ(folder, store_port, standin, database_url)
    with ExitStack() as stack:
        standin_words = ["-m", "shop.stripe_standin", "--port", str(standin_port), "--test-hooks", "--quiet"]
        standin_words += ["--database", str(folder / "standin.sqlite3"), "--webhook-url", ""]
        asked = stack.enter_context(_process(standin_words, environ, standin))
        for words in (["db", "upgrade"], ["demo", *(["--products", str(products)] if products else [])]):
            _flask(words, environ)
        subprocess.run([sys.executable, "-m", "bench.plenty"], cwd=ROOT, env=environ, check=True)
        store = stack.enter_context(_process(_gunicorn(store_port, "app:app"), environ, _health(store_port)))
        stack.enter_context(_process(_gunicorn(bare_port, "bench.bare:app"), environ, _health(bare_port)))
        addresses = (f"http://127.0.0.1:{store_port}", f"http://127.0.0.1:{bare_port}", standin)
        yield Running(*addresses, store.pid, asked.pid, environ)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processor_seconds(servers: Running) -> tuple[float, float]:
    """What the store's processes and the stand-in have taken of the processors so far."""
    return sum(map(_processor_seconds, _children(servers.store_pid))), _processor_seconds(servers.standin_pid)


def _processor_seconds(pid: int | str) -> float:
    """User and system time, the 14th and 15th field of /proc/PID/stat; names may hold spaces, so they are cut off."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _children(master: int) -> list[str]:
    return Path(f"/proc/{master}/task/{master}/children").read_text().split()


def memory_of_workers(master: int) -> list[tuple[float, float]]:
    """Megabytes of each process that serves: resident, and its share (pages that n processes use count a n-th)."""
    rollups = [Path(f"/proc/{child}/smaps_rollup").read_text() for child in _children(master)]
    return [(_megabytes(one, "Rss:"), _megabytes(one, "Pss:")) for one in rollups]


def _megabytes(rollup: str, line: str) -> float:
    return int(rollup.split(f"\n{line}")[1].split()[0]) / 1024


def cold_start(environ: dict[str, str]) -> float:
    """Seconds from nothing to a made application, the best of three; taking it apart again is not waited for."""
    return min(_timed([sys.executable, "-c", "import app, os; os._exit(0)"], environ) for _ in range(3))


def _timed(words: list[str], environ: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(words, cwd=ROOT, env=environ, check=True)
    return time.perf_counter() - began


def _environ(folder: Path, port: int, standin: str, database_url: str | None) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "VAR_DIR": str(folder / "var"),
        "SECRET_KEY": "only for measuring, and long enough for that",
        "DATABASE_URL": database_url or f"sqlite:///{folder}/store.sqlite3",
        "PORT": str(port),
        "STRIPE_SECRET_KEY": "sk_test_bench",
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": standin,
    }


def _gunicorn(port: int, app: str) -> list[str]:
    return ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", app]


def _health(port: int) -> str:
    return f"http://127.0.0.1:{port}/healthz"


def _flask(words: list[str], environ: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *words],
        cwd=ROOT,
        env=environ,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def _process(words: list[str], environ: dict[str, str], address: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environ)
    try:
        _await(address, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{address} did not answer")
