"""Unfold Stripe's form encoding: `a[b][0][c]=x` and `a[]=x` become dicts and lists of text."""

import re
from urllib.parse import parse_qsl

from shop.stripe_standin.errors import ApiError
from shop.stripe_standin.shapes import Raw

MAX_PAIRS = 2_000
MAX_DEPTH = 8
_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_STEP = re.compile(r"\[([^\[\]]*)\]")


def decode(text: str) -> dict[str, Raw]:
    """Decode one form body or query string.

    Raises ApiError (400) for malformed brackets, a name given twice, or a name used both as a value
    and as a group.
    """
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_PAIRS, errors="strict")
    except (ValueError, UnicodeDecodeError) as error:
        raise ApiError("The parameters could not be read as a form.") from error
    tree: dict[str, Raw] = {}
    for name, value in pairs:
        _place(tree, _steps(name), value, name)
    return {key: _folded(value) for key, value in tree.items()}


def _steps(name: str) -> list[str]:
    found = _NAME.match(name)
    if found is None:
        raise ApiError(f"Invalid parameter name: {name[:100]}", param=name[:100])
    steps = [found.group(1), *_STEP.findall(found.group(2))]
    if len(steps) > MAX_DEPTH:
        raise ApiError("A parameter is nested too deeply.", param=name[:100])
    return steps


def _place(tree: dict[str, Raw], steps: list[str], value: str, name: str) -> None:
    here = tree
    for step in steps[:-1]:
        below = here.setdefault(_slot(here, step), {})
        if not isinstance(below, dict):
            raise ApiError(f"Invalid parameter: {name[:100]} is both a value and a group.", param=name[:100])
        here = below
    last = _slot(here, steps[-1])
    if last in here:
        raise ApiError(f"Parameter given twice: {name[:100]}", param=name[:100])
    here[last] = value


def _slot(here: dict[str, Raw], step: str) -> str:
    """`[]` appends: it takes the next free number."""
    return step if step else str(len(here))


def _folded(value: Raw) -> Raw:
    """Groups whose names are 0, 1, 2 ... are lists."""
    if not isinstance(value, dict):
        return value
    folded = {key: _folded(below) for key, below in value.items()}
    if folded and all(key.isdecimal() for key in folded):
        return [folded[key] for key in sorted(folded, key=int)]
    return folded
