"""The standard of security is answered requirement by requirement, and the tests that it names are there."""

from __future__ import annotations

import ast
import csv
from functools import cache
from pathlib import Path

from tests.house.source import ROOT, tree

SHEET = ROOT / "docs" / "security" / "asvs.csv"
VERDICTS = {"pass", "accepted", "not applicable"}


def _rows() -> list[dict[str, str]]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _tests_of(path: Path) -> frozenset[str]:
    """test_name, and TestClass::test_name."""
    found: set[str] = set()
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return frozenset(found)


def _is_there(test: str) -> bool:
    file, _, inside = test.partition("::")
    path = ROOT / file
    return path.is_file() and (not inside or inside in _tests_of(path))


def test_every_requirement_is_answered_once_with_a_reason() -> None:
    rows = _rows()
    assert len(rows) == len({row["requirement"] for row in rows}) == 254
    assert {row["verdict"] for row in rows} == VERDICTS
    assert {row["level"] for row in rows} == {"1", "2"}
    assert all(row["how"] for row in rows)


def test_the_tests_it_names_are_there() -> None:
    assert [row["test"] for row in _rows() if row["test"] and not _is_there(row["test"])] == []


def test_most_of_what_passes_is_held_by_a_test() -> None:
    passed = [row for row in _rows() if row["verdict"] == "pass"]
    assert len([row for row in passed if row["test"]]) >= 120


def test_a_test_that_is_not_there_would_be_seen() -> None:
    assert _is_there("tests/house/test_security_papers.py::test_the_tests_it_names_are_there")
    assert not _is_there("tests/house/test_security_papers.py::test_nothing_of_the_kind")
    assert not _is_there("tests/house/test_none.py")
