"""The stand-in refuses to run where real money could be near, and stops cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shop.stripe_standin.settings import Settings, StandInRefusedError, problems, refuse_danger
from shop.stripe_standin.wsgi import create_wsgi
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "environ",
    [
        {"STRIPE_SECRET_KEY": "sk_live_x"},
        {"STRIPE_SECRET_KEY": "rk_live_x"},
        {"FLASK_ENV": "production"},
        {"SHOP_ENV": "Production"},
    ],
)
def test_it_refuses_beside_a_live_key_or_in_production(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StandInRefusedError, match=next(iter(environ))):
        refuse_danger(environ)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StandInRefusedError):
        create_wsgi(Settings(database=":memory:"))


def test_it_runs_beside_a_test_key() -> None:
    refuse_danger({"STRIPE_SECRET_KEY": "sk_test_x", "SHOP_ENV": "development"})


def test_the_program_says_why_it_refuses() -> None:
    environ = {**os.environ, "STRIPE_SECRET_KEY": "sk_live_secret"}
    ended = subprocess.run(
        [sys.executable, "-m", "shop.stripe_standin", "--port", "0", "--database", ":memory:"],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "live Stripe key" in ended.stderr
    assert "sk_live_secret" not in ended.stderr


def test_every_bad_setting_is_named() -> None:
    bad = Settings(port=-1, webhook_url="nowhere", api_key="sk_live_x", delayed_after=-1)
    assert len(problems(bad)) == 4
    with pytest.raises(StandInRefusedError):
        create_wsgi(bad)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_program_starts_by_environment_and_stops_at_once(number: int, tmp_path: Path) -> None:
    port = free_port()
    environ = {
        **os.environ,
        "STANDIN_PORT": str(port),
        "STANDIN_DATABASE": str(tmp_path / "deep" / "state.sqlite3"),
        "STANDIN_WEBHOOK_URL": "",
        "STANDIN_QUIET": "1",
    }
    program = subprocess.Popen([sys.executable, "-m", "shop.stripe_standin"], cwd=ROOT, env=environ)
    try:
        idle = _connected(port)
        started = time.monotonic()
        program.send_signal(number)
        assert program.wait(timeout=10) == 0
        assert time.monotonic() - started < 3
        idle.close()
    finally:
        program.kill()
        program.wait()


def _connected(port: int) -> socket.socket:
    """An idle connection, as keep-alive leaves them behind."""
    until = time.monotonic() + 15
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1)
        except OSError:
            assert time.monotonic() < until, "the stand-in did not start"
            time.sleep(0.05)
