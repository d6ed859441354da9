"""How the source looks: sizes, words, and a few things that are done in one place only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import SHOP, functions, imports, modules, name, nodes, store_modules, tree

LINES_OF_A_MODULE = 250
LINES_OF_A_FUNCTION = 40
REASON = re.compile(r"(#|-) \w.{7,}")  # after the codes: `# why this is right here`
SPOKEN_OF = ("core", "journeys")  # where every public name says what it is for


def test_a_module_is_read_in_one_go() -> None:
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {one: size for one, size in sizes.items() if size > LINES_OF_A_MODULE} == {}


def test_a_function_is_seen_at_a_glance() -> None:
    sizes = {f"{name(path)}:{one.name}": _lines(one) for path in modules() for one in functions(path)}
    assert {one: size for one, size in sizes.items() if size > LINES_OF_A_FUNCTION} == {}


def test_a_module_says_what_it_is_for() -> None:
    assert [name(path) for path in modules() if not ast.get_docstring(tree(path))] == []


@pytest.mark.parametrize("floor", SPOKEN_OF)
def test_every_public_name_says_what_it_is_for(floor: str) -> None:
    paths = sorted((SHOP / floor).rglob("*.py"))
    silent = [f"{name(path)}:{one.name}" for path in paths for one in _public(tree(path)) if not ast.get_docstring(one)]
    assert silent == []


def test_every_argument_and_answer_has_a_type() -> None:
    bare = [f"{name(path)}:{one.name}" for path in modules() for one in functions(path) if not _annotated(one)]
    assert bare == []


def test_functions_are_short_for_the_most_part() -> None:
    sizes = sorted(_lines(one) for path in store_modules() for one in functions(path))
    assert sizes[len(sizes) // 2] < 10


def test_records_are_structs() -> None:
    """A frozen dataclass costs the start twenty times as much; the stand-in, a program of its own, may have them."""
    paths = [path for path in store_modules() if "stripe_standin" not in path.parts]
    frozen = {name(path) for path in paths for one in nodes(path) if _is_frozen_dataclass(one)}
    assert frozen == {"shop/core/money.py"}


def test_only_the_settings_read_the_environment() -> None:
    readers = {name(path) for path in store_modules() if _reads_environment(path)}
    assert readers == {"shop/core/config.py"}


def test_only_write_units_commit() -> None:
    committers = {name(path) for path in store_modules() if _calls(path, "commit")}
    assert committers == {"shop/core/database.py"}


def test_only_the_gateway_speaks_with_stripe() -> None:
    speakers = {name(path) for path in modules() if any(one.split(".")[0] == "stripe" for one in imports(path))}
    gateway = {f"shop/payments/stripe_{one}.py" for one in ("asking", "connect", "gateway", "monthly", "pages")}
    assert speakers == gateway


def test_only_the_clock_asks_for_the_time() -> None:
    """`datetime.now` and `time.time` anywhere else would not stand still for a test."""
    askers = {name(path) for path in store_modules() if _calls(path, "now", of="datetime") or _calls(path, "utcnow")}
    assert askers == {"shop/core/clock.py"}


def test_nothing_is_left_for_later_by_switching_a_check_off() -> None:
    """`noqa` and `type: ignore` carry their reason on the same line."""
    bare = [
        f"{name(path)}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for mark in ("# noqa", "# type: ignore")
        if mark in line and not REASON.search(line.split(mark, 1)[1])
    ]
    assert bare == []


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _public(module: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    return [
        one for one in module.body if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_")
    ]


def _is_frozen_dataclass(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        "dataclass(frozen=" in ast.unparse(one) for one in node.decorator_list
    )


def _annotated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    wanted = [one for one in named if one is not None and one.arg not in ("self", "cls")]
    return function.returns is not None and all(one.annotation is not None for one in wanted)


def _reads_environment(path: Path) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv", "environb")
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        for node in nodes(path)
    ) or bool(imports(path) & {"os.environ", "os.getenv"})


def _calls(path: Path, method: str, *, of: str | None = None) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and (of is None or (isinstance(node.func.value, ast.Name) and node.func.value.id == of))
        for node in nodes(path)
    )
