"""The commands of the whole house, and the doctor."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.cli.doctor import masked
from shop.core import clock
from shop.core.config import Settings
from shop.core.database import db, insert_once, transaction
from shop.core.outbox import Job
from shop.stripe_standin.testing import RunningStandIn
from tests.support.held_clock import HeldClock


def _run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_check_names_every_invariant(app: Flask) -> None:
    code, told = _run(app, "check")
    assert code == 0
    assert "invariants hold" in told
    assert "chain" in told


@pytest.mark.breaks_invariants("a promise far past its time is what this is about")
def test_check_fails_loudly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from shop.journeys import check_invariants

    bad = check_invariants.Finding("I0 up is up", 3, ("row 7",))
    monkeypatch.setattr(check_invariants, "findings", lambda: [bad])
    code, told = _run(app, "check")
    assert code == 1
    assert "BROKEN  I0 up is up  (3 checked)" in told
    assert "row 7" in told


def test_an_empty_journal_verifies(app: Flask) -> None:
    assert _run(app, "books", "verify") == (0, "The chain is whole: 0 entries.\n")


def test_a_sweep_of_nothing_is_done_at_once(standin: RunningStandIn, app: Flask) -> None:
    code, told = _run(app, "reconcile")
    assert code == 0
    assert told.startswith("0 payment pages")


def test_staff_are_added_once(app: Flask) -> None:
    words = ("staff", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "owner")
    code, told = _run(app, *words, "--password", "four calm words together")
    assert code == 0, told
    assert "Ada may now sign in" in told
    code, told = _run(app, *words, "--password", "four calm words together")
    assert code == 1
    assert "already" in told


def test_a_weak_password_is_refused_in_a_sentence(app: Flask) -> None:
    words = ("staff", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "owner", "--password", "short")
    code, told = _run(app, *words)
    assert code == 1
    assert "12 characters" in told


def test_the_doctor_tells_what_is_ill_and_what_to_do(app: Flask) -> None:
    code, told = _run(app, "doctor")
    assert code == 1  # the tests' Stripe address answers nobody
    assert "problem  Stripe" in told
    assert "-> Check the network" in told
    assert "ok       schema" in told
    assert "ok       worker" in told


def test_the_doctor_shows_no_secret(app: Flask, settings: Settings) -> None:
    _code, told = _run(app, "doctor")
    for secret in (settings.secret_key, *settings.stripe_webhook_secrets):
        assert secret not in told


def test_every_setting_is_looked_at(app: Flask) -> None:
    from tests.house.test_papers import _settings

    _code, told = _run(app, "doctor")
    assert {name for name in _settings() if name not in told} == set()


@pytest.mark.breaks_invariants("a promise that nobody keeps is what this is about")
def test_the_doctor_misses_the_worker(app: Flask, held_clock: HeldClock) -> None:
    moment = clock.now()
    waiting = {"kind": "greet", "key": "x", "payload": {}, "state": "waiting", "attempts": 0}
    with transaction():
        insert_once(Job, waiting | {"run_at": moment, "created_at": moment})
    held_clock.forward(minutes=10)
    _code, told = _run(app, "doctor")
    assert "a promise is 10 min late" in told


def test_the_doctor_asks_for_missing_migrations(app: Flask) -> None:
    with db.engine.begin() as connection:
        newest = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'before'")
    try:
        _code, told = _run(app, "doctor")
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{newest}'")
    assert "flask --app app db upgrade" in told


@pytest.mark.only_on("sqlite")
def test_the_doctor_sees_a_folder_that_cannot_be_written(app: Flask, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    app.extensions["settings"] = replace(settings, var=tmp_path / "file" / "var")
    _code, told = _run(app, "doctor")
    assert "cannot be written" in told


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("sk_live_abcdef", "sk_live_… (14 characters)"),
        ("whsec_abc", "whsec_… (9 characters)"),
        ("abcdef", "… (6 characters)"),
    ],
)
def test_a_secret_is_masked(secret: str, shown: str) -> None:
    assert masked(secret) == shown
