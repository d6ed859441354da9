"""Pieces of pages that look the same whenever they are given the same value: rendered once, then remembered.

What is remembered is the drawing, never the data: every page reads afresh, and a value that differs in anything (a
price, a flag, a pledge) is another piece.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask

from shop.core.languages import cached_by_language

MOST = 1_500  # pieces kept in a process; a product card takes about 2 KB, a gallery 10


def register(app: Flask) -> None:
    """Give templates `remembered(macro, value, …)`: the macro's text for these values, all of them frozen."""

    @cached_by_language(maxsize=MOST)
    def remembered(macro: Callable[..., Any], *values: Hashable) -> Any:
        return macro(*values)

    app.jinja_env.globals["remembered"] = remembered
