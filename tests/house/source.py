"""The store's own source, read as files and as syntax trees."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "shop"
# The floor of rooms in pyproject.toml; the layers contract knows of any that is missing here.
ROOMS = (
    *"actions catalogue media stock cart orders partners payments giving books campaigns mail staff delivery".split(),
    *"brand comments discounts consents monthly news payouts receipts returns sharing tax".split(),
    *"counting frame imports parcels purchasing restock visits".split(),
)
APART = SHOP / "stripe_standin"  # a program of its own, with a database and settings of its own


@cache
def modules() -> tuple[Path, ...]:
    """app.py and every module of the package."""
    return (ROOT / "app.py", *sorted(SHOP.rglob("*.py")))


def store_modules() -> tuple[Path, ...]:
    """Without the stand-in for Stripe."""
    return tuple(one for one in modules() if APART not in one.parents)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of its tree, walked once for every test that asks."""
    return tuple(ast.walk(tree(path)))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def imports(path: Path) -> set[str]:
    """Dotted names that a module imports, each as written plus `from x import y` as x.y."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
