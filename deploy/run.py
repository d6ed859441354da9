"""`make run`: the whole store on one machine, every setting taken from the environment.

Prepares the database (migrations; the demo movement into an empty one), then starts the web server, the worker and,
while STRIPE_SECRET_KEY is unset, the stand-in for Stripe. Ctrl-C or SIGTERM stops all of them; so does the end of any.
HOST says where to listen (127.0.0.1 unless set).
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from shop.core.config import STANDIN_KEY, BadSettings, Settings  # noqa: E402  # found by the path above

PATIENCE = 60.0  # seconds for the store to answer
FAREWELL = 15.0  # seconds for a program to finish what it has in hand
PR_SET_PDEATHSIG = 1


class Trouble(Exception):
    """Why the store cannot run, in a sentence for whoever started it."""


@dataclass(frozen=True, slots=True)
class Program:
    """One of ours, running in a session of its own so that it ends when we say so."""

    name: str
    process: subprocess.Popen[bytes]


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    began, running = time.monotonic(), list[Program]()
    try:
        settings = Settings.from_environ()
        host = os.environ.get("HOST") or "127.0.0.1"
        _open_all(settings, host, running)
        _tell(settings, time.monotonic() - began)
        return _watch(running)
    except (BadSettings, Trouble) as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        _stop(running)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _open_all(settings: Settings, host: str, running: list[Program]) -> None:
    standin = settings.stripe_secret_key == STANDIN_KEY and "STRIPE_API_BASE" not in os.environ
    _assert_free(host, settings.port)
    if standin:
        _assert_free("127.0.0.1", settings.port + 1)
        running.append(_start("the Stripe stand-in", _standin(settings)))
    settings.var.mkdir(parents=True, exist_ok=True)
    _prepare(running)
    running.append(_start("the web server", _web(settings, host)))
    _await_answer(settings, host, running)
    running.append(_start("the worker", _flask("worker")))  # after the first page, whose start it would slow


def _prepare(running: list[Program]) -> None:
    """In a process of its own, whose memory goes when it is done."""
    program = _start("preparing the database", [sys.executable, str(ROOT / "deploy" / "prepare.py")])
    running.append(program)
    if program.process.wait() != 0:
        raise Trouble("The database could not be prepared; the lines above say why.")
    running.remove(program)


def _flask(*words: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", *words]


def _web(settings: Settings, host: str) -> list[str]:
    options = ["-c", "deploy/gunicorn.conf.py", "--bind", f"{host}:{settings.port}"]
    return [sys.executable, "-m", "gunicorn", *options, "app:app"]


def _standin(settings: Settings) -> list[str]:
    options = {
        "--port": str(settings.port + 1),
        "--webhook-url": f"http://127.0.0.1:{settings.port}/stripe/webhook",
        "--webhook-secret": settings.stripe_webhook_secrets[0],
        "--database": str(settings.var / "stripe-standin.sqlite3"),
    }
    words = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "shop.stripe_standin", *words, "--quiet"]


def _start(name: str, words: list[str]) -> Program:
    process = subprocess.Popen(words, cwd=ROOT, start_new_session=True, preexec_fn=_end_with_parent())
    return Program(name, process)


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends our programs even when we are killed by force."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _assert_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Trouble(
                f"Port {port} of {host} cannot be used ({problem.strerror}). "
                f"Stop what is there, or choose another: PORT={port + 10} make run"
            ) from problem


def _await_answer(settings: Settings, host: str, running: list[Program]) -> None:
    reach = "127.0.0.1" if host == "0.0.0.0" else host
    request = urllib.request.Request(
        f"http://{f'[{reach}]' if ':' in reach else reach}:{settings.port}/healthz",
        headers={"Host": urlsplit(settings.base_url).netloc},
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if ended := _ended(running):
            raise Trouble(_farewell(ended))
        try:
            urllib.request.urlopen(request, timeout=2).close()
        except OSError:  # not yet; urllib's errors are all of this kind
            time.sleep(0.1)
        else:
            return
    raise Trouble(f"The store did not answer at /healthz within {PATIENCE:.0f} s.")


def _tell(settings: Settings, seconds: float) -> None:
    standin = settings.stripe_secret_key == STANDIN_KEY
    lines = {
        "The store": settings.base_url,
        "Staff": f"{settings.base_url}/admin/  (first: .venv/bin/flask --app app staff add)",
        "Payments": f"a stand-in at {settings.stripe_api_base}; no money moves" if standin else "Stripe",
        "Letters": "by SMTP" if settings.smtp_url else f"as files in {settings.var / 'mail'}",
    }
    print(f"\nOpen after {seconds:.1f} s. Ctrl-C stops everything.")
    for name, value in lines.items():
        print(f"  {name:<10} {value}")
    sys.stdout.flush()


def _watch(running: list[Program]) -> int:
    while not (ended := _ended(running)):
        time.sleep(0.2)
    print(_farewell(ended), file=sys.stderr)
    return 1


def _ended(running: list[Program]) -> Program | None:
    return next((one for one in running if one.process.poll() is not None), None)


def _farewell(ended: Program) -> str:
    return f"{ended.name[0].upper()}{ended.name[1:]} ended (exit code {ended.process.returncode}). Stopping the others."


def _stop(running: list[Program]) -> None:
    """Ask all of them, wait for each, then end by force what is left of their sessions."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave an orphan
    for one in running:
        if one.process.poll() is None:
            one.process.terminate()
    until = time.monotonic() + FAREWELL
    for one in running:
        try:
            one.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{one.name} did not end by itself.", file=sys.stderr)
        _end_session(one)


def _end_session(program: Program) -> None:
    with suppress(ProcessLookupError, PermissionError):  # when nobody is left in it
        os.killpg(program.process.pid, signal.SIGKILL)
    program.process.wait()


if __name__ == "__main__":
    sys.exit(main())
