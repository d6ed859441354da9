"""Statements built once and run many times.

Building a statement out of mapped attributes costs several times what SQLite takes to answer it, so what every sale
runs is built at its first use, with a bound parameter for each argument, and run past the unit of work
(`core.database.run`), which these have no use for: they ask for columns and change tables.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from inspect import signature
from typing import Any, ParamSpec, cast

from sqlalchemy import Executable, bindparam

from shop.core.database import Answer, run

P = ParamSpec("P")
PREFIX = "given_"  # a parameter named like a column would be taken for that column's new value


def prepared(build: Callable[P, Executable]) -> Callable[P, Answer]:
    """Run the statement that `build` makes of its arguments in this thread's transaction.

    `build` is called once, with a bound parameter in the place of each argument, so it must not look at their values;
    a list stands in `in_(...)`.
    """
    names = tuple(signature(build).parameters)

    @cache
    def statement() -> Executable:
        blanks: dict[str, Any] = {name: bindparam(f"{PREFIX}{name}") for name in names}
        return cast("Callable[..., Executable]", build)(**blanks)

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> Answer:
        given = dict(zip(names, args, strict=False)) | kwargs
        return run(statement(), {f"{PREFIX}{name}": value for name, value in given.items()})

    return ask
