"""The whole store over real HTTP: gunicorn as in production, in processes of its own, beside a stand-in for Stripe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from shop.core.config import STANDIN_SECRET
from shop.stripe_standin.testing import RunningStandIn, running_standin
from tests.support.engines import Database
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0


@dataclass
class RunningStore:
    """A store that answers at `url`; `environ` is what its processes were told, for starting more of them."""

    url: str
    environ: dict[str, str]
    standin: RunningStandIn
    web: subprocess.Popen[bytes]
    log: Path

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the store's commands to its end, such as `flask("worker", "--once")`."""
        return subprocess.run(_flask(*words), cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)

    def start_worker(self) -> subprocess.Popen[bytes]:
        """A worker that the caller ends."""
        with self.log.open("ab") as log:
            return subprocess.Popen(_flask("worker"), cwd=ROOT, env=self.environ, stdout=log, stderr=log)


@contextmanager
def running_store(database: Database, folder: Path, **settings: str) -> Iterator[RunningStore]:
    """Serve a migrated database until the block ends; `settings` are further names of the environment.

    Ends by asking, then by force; a store that died by itself fails the test with what it logged.
    """
    port = free_port()
    with running_standin(
        webhook_url=f"http://127.0.0.1:{port}/stripe/webhook", webhook_secret=STANDIN_SECRET
    ) as standin:
        environ = _environ(database, folder, port, standin) | settings
        log = folder / "store.log"
        web = start_web(environ, log)
        try:
            _await_answer(f"http://127.0.0.1:{port}/healthz", web, log)
            yield RunningStore(f"http://127.0.0.1:{port}", environ, standin, web, log)
        finally:
            end(web)


def start_web(environ: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The web server of `make run`, in a session of its own so that a test can kill all of it."""
    words = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{environ['PORT']}", "app:app"]
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environ, stdout=file, stderr=file, start_new_session=True
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop it and all that it started."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environ(database: Database, folder: Path, port: int, standin: RunningStandIn) -> dict[str, str]:
    """Nothing of this machine's own settings but where programs are found."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database.url,
        "SECRET_KEY": "a secret that is only for tests, and long enough",
        "STRIPE_API_BASE": standin.base_url,
        "VAR_DIR": str(folder / "var"),
    }


def _flask(*words: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", *words]


def _await_answer(url: str, web: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if web.poll() is not None:
            raise AssertionError(f"the store ended at its start:\n{log.read_text(encoding='utf-8')[-2_000:]}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the store did not answer at {url}:\n{log.read_text(encoding='utf-8')[-2_000:]}")
