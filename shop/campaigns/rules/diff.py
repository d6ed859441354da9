"""What changed between two texts, so that a person can read it: by field, by line, by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from shop.campaigns.rules.content import LABELS, Content

AROUND = 1  # unchanged lines shown on either side of a change
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
Op = Literal["same", "gone", "new"]


class Run(Struct, frozen=True):
    """A piece of a line that stayed, went or came."""

    op: Op
    text: str


class Line(Struct, frozen=True):
    """A line of either text; `skipped` stands for so many unchanged lines that are left out."""

    runs: tuple[Run, ...]
    skipped: int = 0


class Change(Struct, frozen=True):
    """A field that differs, by its label."""

    label: str
    lines: tuple[Line, ...]


def changes(old: Content, new: Content) -> tuple[Change, ...]:
    """Fields that differ, in the order of the form."""
    pairs = ((label, _text(old, field), _text(new, field)) for field, label in LABELS.items())
    return tuple(Change(label, tuple(lines(before, after))) for label, before, after in pairs if before != after)


def lines(before: str, after: str) -> Iterator[Line]:
    """Lines in order; a line that was altered is shown once, with what went and what came in it."""
    old, new = before.split("\n"), after.split("\n")
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (op, a, b, c, d) in enumerate(steps):
        if op == "equal":
            yield from _unchanged(old[a:b], first=place == 0, last=place == len(steps) - 1)
        else:
            yield from _altered(old[a:b], new[c:d])


def _unchanged(same: Sequence[str], *, first: bool, last: bool) -> Iterator[Line]:
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(same) <= head + tail + 1:
        yield from (Line((Run("same", one),)) for one in same)
        return
    yield from (Line((Run("same", one),)) for one in same[:head])
    yield Line((), skipped=len(same) - head - tail)
    yield from (Line((Run("same", one),)) for one in same[len(same) - tail :])


def _altered(gone: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    both = min(len(gone), len(new))
    for before, after in zip(gone[:both], new[:both], strict=True):
        yield Line(tuple(_words(before, after)))
    yield from (Line((Run("gone", one),)) for one in gone[both:])
    yield from (Line((Run("new", one),)) for one in new[both:])


def _words(before: str, after: str) -> Iterator[Run]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Run("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Run("gone", "".join(old[a:b]))
        if c < d:
            yield Run("new", "".join(new[c:d]))


def _text(content: Content, field: str) -> str:
    value = getattr(content, field)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field == "goal_minor":
        return "" if value is None else str(value / 100)
    return ", ".join(value) if isinstance(value, tuple) else str(value)
