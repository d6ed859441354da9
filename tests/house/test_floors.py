"""Imports go down only. The contracts stand in pyproject.toml; here each is seen to hold, and to fail when broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOMS, ROOT, SHOP, imports, modules, name

SHELVES = ("rules", "models", "queries", "operations")
IMPURE = ("sqlalchemy", "flask", "shop.core.database", "shop.core.clock", "shop.core.outbox", "shop.core.columns")
ONLY_A_TYPE = {"shop.core.columns", "shop.core.columns.Json"}

# What nobody may do: (the module that does it, what it imports, the contract that must tell).
BREACHES = [
    ("core/errors.py", "shop.catalogue.models", "Floors"),
    ("catalogue/models.py", "shop.orders.models", "Floors"),
    ("orders/models.py", "shop.catalogue.models", "Floors"),
    ("stock/models.py", "shop.journeys", "Floors"),
    ("journeys/__init__.py", "shop.web", "Floors"),
    ("cart/__init__.py", "flask", "Below the doors"),
    ("journeys/__init__.py", "click", "Below the doors"),
    ("giving/__init__.py", "wtforms", "Below the doors"),
    ("web/__init__.py", "flask_sqlalchemy", "Only core/database.py"),
    ("journeys/__init__.py", "stripe", "Only the gateway"),
    ("stripe_standin/__init__.py", "shop.core.money", "The stand-in knows nothing"),
    ("factory.py", "shop.stripe_standin", "The store knows nothing"),
]


def _lint(folder: Path) -> tuple[int, str]:
    words = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts, to be spoiled."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module in modules():
        target = tmp_path / module.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(module, target)
    return tmp_path


def test_every_contract_holds() -> None:
    code, told = _lint(ROOT)
    assert code == 0, told


def test_every_breach_is_told(copy: Path) -> None:
    for module, imported, _contract in BREACHES:
        with (copy / "shop" / module).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}  # a breach on purpose\n")
    code, told = _lint(copy)
    assert code != 0
    kept = [line for line in told.splitlines() if line.endswith("KEPT")]
    assert kept == [], told
    for module, imported, contract in BREACHES:
        importer = "shop." + module.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
        assert f"{importer} -> {imported}" in told, (contract, told)


def test_a_new_module_must_say_on_which_floor_it_is(copy: Path) -> None:
    (copy / "shop" / "attic").mkdir()
    (copy / "shop" / "attic" / "__init__.py").write_text('"""Nobody said where this belongs."""\n')
    code, told = _lint(copy)
    assert code != 0
    assert "attic" in told


def test_the_rooms_here_are_the_rooms_there_are() -> None:
    others = {"web", "admin", "cli", "demo", "journeys", "core", "stripe_standin"}
    folders = {one.parent.name for one in SHOP.glob("*/__init__.py")}
    assert folders - others == set(ROOMS)


def _shelf(path: Path) -> str | None:
    """rules, models, queries or operations, for the file of that name or any in a folder of that name."""
    parts = path.relative_to(SHOP).with_suffix("").parts
    return parts[1] if parts[1] in SHELVES else None


def _wrong_way(path: Path) -> set[str]:
    room, shelf = path.relative_to(SHOP).parts[0], _shelf(path)
    if shelf is None:
        return set()
    right = SHELVES[SHELVES.index(shelf) + 1 :]
    return {one for one in imports(path) if any(f"{one}.".startswith(f"shop.{room}.{other}.") for other in right)}


@pytest.mark.parametrize("room", ROOMS)
def test_shelves_import_only_leftwards(room: str) -> None:
    """rules < models < queries < operations."""
    wrong = {name(path): found for path in sorted((SHOP / room).rglob("*.py")) if (found := _wrong_way(path))}
    assert wrong == {}


@pytest.mark.parametrize("room", ROOMS)
def test_rules_are_pure(room: str) -> None:
    """No database and no clock: what a rule needs is handed to it."""
    for path in (SHOP / room).rglob("*.py"):
        if _shelf(path) == "rules":
            used = imports(path) - (ONLY_A_TYPE if "shop.core.columns.Json" in imports(path) else set())
            impure = {one for one in used if any(f"{one}.".startswith(f"{bad}.") for bad in IMPURE)}
            assert impure == set(), name(path)


def test_a_shelf_that_looks_right_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control for the two tests above."""
    (tmp_path / "books").mkdir()
    bad = tmp_path / "books" / "rules.py"
    bad.write_text("from shop.books.operations import settle\nfrom shop.books import models\n")
    monkeypatch.setattr(sys.modules[__name__], "SHOP", tmp_path)
    assert _wrong_way(bad) >= {"shop.books.operations", "shop.books.models"}
