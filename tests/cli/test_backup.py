"""A backup is whole, says so, and comes back; anything less is refused in a sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from shop.core import clock
from shop.core.database import insert_once, session, transaction
from shop.core.outbox import Job


def _write(*keys: str) -> None:
    moment = clock.now()
    done = {"kind": "test", "payload": {}, "state": "done", "attempts": 1, "run_at": moment, "created_at": moment}
    with transaction():
        for key in keys:
            insert_once(Job, done | {"key": key, "finished_at": moment})


def _keys() -> list[str]:
    session().rollback()
    return sorted(session().execute(select(Job.key)).scalars())


def _run(app: Flask, *words: str) -> Result:
    session().rollback()
    return app.test_cli_runner().invoke(args=words)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "night.backup"


@pytest.fixture
def made(app: Flask, file: Path) -> Path:
    _write("ada", "bob")
    assert _run(app, "backup", str(file)).exit_code == 0
    return file


def test_what_was_backed_up_comes_back(app: Flask, made: Path) -> None:
    _write("eve")
    result = _run(app, "restore", str(made), "--force")
    assert result.exit_code == 0, result.output
    assert _keys() == ["ada", "bob"]
    assert "Restored 2 rows" in result.output


def test_the_manifest_says_what_is_inside(app: Flask, made: Path) -> None:
    manifest = json.loads(made.with_name(made.name + ".json").read_text())
    assert manifest["rows"]["outbox_jobs"] == 2
    assert "alembic_version" not in manifest["rows"]
    assert set(made.parent.glob("*.part")) == set()


def test_a_store_with_rows_is_not_replaced_by_accident(app: Flask, made: Path) -> None:
    result = _run(app, "restore", str(made))
    assert result.exit_code == 1
    assert "--force" in result.output
    assert _keys() == ["ada", "bob"]


def test_a_backup_is_never_written_over(app: Flask, made: Path) -> None:
    before = made.read_bytes()
    assert "exists already" in _run(app, "backup", str(made)).output
    assert made.read_bytes() == before


def test_a_damaged_backup_is_refused(app: Flask, made: Path) -> None:
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)
    result = _run(app, "restore", str(made), "--force")
    assert result.exit_code == 1
    assert "changed or cut off" in result.output
    assert _keys() == ["ada", "bob"]


def test_a_backup_without_its_manifest_is_refused(app: Flask, made: Path) -> None:
    lonely = Path(shutil.copy(made, made.with_name("lonely")))
    result = _run(app, "restore", str(lonely), "--force")
    assert result.exit_code == 1
    assert "manifest" in result.output or "missing" in result.output


def test_a_restored_store_sells_on(app: Flask, made: Path) -> None:
    assert _run(app, "restore", str(made), "--force").exit_code == 0
    _write("carl")
    assert _keys() == ["ada", "bob", "carl"]
    assert session().execute(select(func.max(Job.id))).scalar_one() >= 3


@pytest.mark.only_on("postgresql")
def test_missing_programs_are_named(app: Flask, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.cli.postgres_files.DEBIAN", str(file))
    monkeypatch.setattr("shop.cli.postgres_files.shutil.which", lambda _name: None)
    result = _run(app, "backup", str(file))
    assert result.exit_code == 1
    assert "postgresql-client" in result.output
    assert not file.exists()
