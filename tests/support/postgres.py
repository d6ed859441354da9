"""A PostgreSQL server for one test run: found by TEST_DATABASE_URL, or started here and stopped with the run."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

USER = "shop"
FAST = [
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    "jit=off", "max_connections=200", "shared_buffers=64MB",
]  # fmt: skip
# What is committed outlives the server then, though not the machine.
DURABLE = [*FAST, "synchronous_commit=on"]
PR_SET_PDEATHSIG = 1


class PostgresMissing(Exception):
    """No server to be had; the message says how to get one."""


@dataclass
class Server:
    """`url` opens the maintenance database as somebody who may create databases."""

    url: str
    folder: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    settings: Sequence[str] = ()

    def dies(self) -> None:
        """As in a power cut: every process of it is gone at once, and clients are told nothing."""
        assert self.process is not None
        assert self.folder is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def comes_back(self) -> None:
        """Started again on what the disk holds; recovers from its log."""
        assert self.folder is not None
        self.process = _launch(_programs() / "postgres", self.folder, _identity(), self.settings)
        _await_ready(self, self.folder)

    def stop(self) -> None:
        """Fast shutdown; nothing is kept. Safe to call twice."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def start(settings: Sequence[str] = FAST) -> Server:
    """The server named by TEST_DATABASE_URL, else one of our own; raises PostgresMissing."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return Server(url="postgresql+psycopg://" + url.split("://", 1)[1])
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="store-tests-pg-"))
    identity = _identity()
    if identity is not None:
        os.chown(folder, *identity)
    try:
        _init(programs / "initdb", folder, identity)
        process = _launch(programs / "postgres", folder, identity, settings)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    server = Server(f"postgresql+psycopg://{USER}@/postgres?host={quote(str(folder))}", folder, process, settings)
    try:
        _await_ready(server, folder)
    except BaseException:
        server.stop()
        raise
    return server


def _programs() -> Path:
    """The folder of initdb and postgres: beside what PATH names, else the newest of Debian's."""
    folders = [*map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=lambda one: float(one.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(
        "PostgreSQL was not found: install it (Debian: apt-get install postgresql) or set TEST_DATABASE_URL; "
        "only SQLite is tested."
    )


def _identity() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root: then it runs as the first harmless user there is."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return person.pw_uid, person.pw_gid
    raise PostgresMissing("PostgreSQL does not run as root and there is no user 'postgres' or 'nobody'.")


def _run_as(identity: tuple[int, int] | None) -> dict[str, object]:
    if identity is None:
        return {}
    return {"user": identity[0], "group": identity[1], "extra_groups": []}


def _init(program: Path, folder: Path, identity: tuple[int, int] | None) -> None:
    words = [program, "-D", folder / "data", "-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8", "--locale=C"]
    done = subprocess.run(words, cwd="/", capture_output=True, text=True, check=False, **_run_as(identity))  # type: ignore[call-overload]  # the keywords differ with who runs it
    if done.returncode:
        raise PostgresMissing(f"initdb failed: {done.stderr.strip()[-400:]}")


def _launch(
    program: Path, folder: Path, identity: tuple[int, int] | None, settings: Sequence[str]
) -> subprocess.Popen[bytes]:
    """On a unix socket in its own folder: no port to collide on, nobody else can reach it."""
    options = [word for setting in settings for word in ("-c", setting)]
    words = [program, "-D", folder / "data", "-k", folder, "-h", "", *options]
    log = (folder / "log").open("wb")
    with log:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # the keywords differ with who runs it
            words, cwd="/", stdout=log, stderr=log, preexec_fn=_end_with_parent(), **_run_as(identity)
        )


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel stops the server even when the test run is killed by force."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        os.setpgid(0, 0)  # a Ctrl-C in the terminal is for the tests; they stop the server when they are done
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)

    return ask


def _await_ready(server: Server, folder: Path) -> None:
    process = server.process
    assert process is not None
    import psycopg  # only where there is a server to speak to

    plain = server.url.replace("postgresql+psycopg", "postgresql")
    for _ in range(300):
        if process.poll() is not None:
            raise PostgresMissing(f"postgres ended: {(folder / 'log').read_text()[-400:]}")
        try:
            psycopg.connect(plain).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise PostgresMissing("postgres did not answer within 15 s")
