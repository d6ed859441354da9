"""Whoever opens a write unit can be run again: each `transaction()` stands in a function of its own with `@again`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import SHOP, functions, name, store_modules

OPENS = SHOP / "core" / "database.py"
USED_UP = ("Iterable", "Iterator", "Generator", "IO", "FileStorage")  # nothing is left of these for a second try
SAID_AT_ONCE = frozenset({"flash"})  # what a try that is broken off must not have said


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(ast.unparse(one.context_expr) == "transaction()" for one in node.items)


def _own(function: ast.AST) -> list[ast.AST]:
    """Everything in a function but what stands in functions within it."""
    found: list[ast.AST] = []
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            found += [child, *_own(child)]
    return found


def wrong_with(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """What keeps it from being run again, in words."""
    own = _own(function)
    units = [node for node in own if _opens(node)]
    if not units:
        return []
    said = []
    if not function.decorator_list or ast.unparse(function.decorator_list[-1]) != "again":
        said.append("the decorator next to it is not @again")
    if len(units) > 1:
        said.append("more than one write unit")
    if any(_opens(inner) for node in own if isinstance(node, ast.For | ast.While) for inner in ast.walk(node)):
        said.append("a write unit in a loop")
    args = function.args
    for one in (*args.posonlyargs, *args.args, *args.kwonlyargs):
        if one.annotation and ast.unparse(one.annotation).startswith(USED_UP):
            said.append(f"{one.arg} is used up by the first try")
    calls = (inner for unit in units for inner in ast.walk(unit) if isinstance(inner, ast.Call))
    said += [f"{ast.unparse(call.func)}() within it" for call in calls if ast.unparse(call.func) in SAID_AT_ONCE]
    return said


def _wrong(paths: tuple[Path, ...]) -> dict[str, list[str]]:
    return {
        f"{name(path)}:{function.lineno} {function.name}": said
        for path in paths
        for function in functions(path)
        if (said := wrong_with(function))
    }


def _writers() -> tuple[Path, ...]:
    """The modules that open write units; the others need not be taken apart."""
    return tuple(path for path in store_modules() if "transaction()" in path.read_text(encoding="utf-8"))


def test_every_write_unit_can_be_run_again() -> None:
    assert _wrong(tuple(path for path in _writers() if path != OPENS)) == {}


def test_no_write_unit_stands_outside_of_a_function() -> None:
    for path in _writers():
        inside = sum(_opens(node) for function in functions(path) for node in _own(function))
        everywhere = path.read_text(encoding="utf-8").count("    with transaction()")
        assert path == OPENS or inside >= everywhere, name(path)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f():\n    with transaction():\n        pass", "not @again"),
        ("@again\n@does('/x')\ndef f():\n    with transaction():\n        pass", "not @again"),
        (
            "@again\ndef f():\n    with transaction():\n        pass\n    with transaction():\n        pass",
            "more than one",
        ),
        ("@again\ndef f():\n    for one in x:\n        with transaction():\n            pass", "in a loop"),
        ("@again\ndef f(x: Iterable[int]):\n    with app(), transaction():\n        pass", "used up"),
        ("@again\ndef f():\n    with transaction():\n        flash('Kept.')", "flash()"),
    ],
)
def test_the_control_what_cannot_be_run_again_is_told(source: str, said: str) -> None:
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert said in "; ".join(wrong_with(function))
    assert wrong_with(ast.parse("@does('/x')\n@again\ndef f():\n    with transaction():\n        pass").body[0]) == []  # type: ignore[arg-type]
