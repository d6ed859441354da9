"""What a story consists of while it is written, and the way it goes from draft to archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

COLUMNS = tuple("slug title standfirst summary body artwork sensitive authors content_note faq".split())
LISTS = ("topics", "tees", "partners", "related")
LABELS: Mapping[str, str] = {
    "title": "Title",
    "slug": "Address",
    "standfirst": "Standfirst",
    "summary": "Summary",
    "body": "Text",
    "artwork": "Poster",
    "sensitive": "Offers the way to leave quickly",
    "authors": "Authors",
    "topics": "Topics",
    "content_note": "Content note",
    "goal_minor": "Goal",
    "faq": "Questions and answers",
    "tees": "Tees",
    "partners": "Partners",
    "related": "Related stories",
}
# draft > in review > scheduled or published > archived, and back where a change of mind does no harm to readers.
STEPS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"in_review", "scheduled", "published"}),
    "in_review": frozenset({"draft", "scheduled", "published"}),
    "scheduled": frozenset({"draft", "scheduled", "published", "archived"}),
    "published": frozenset({"published", "archived"}),
    "archived": frozenset({"published"}),
}


class Content(Struct, frozen=True, kw_only=True):
    """All that staff write of a story. Tees, partners and related stories are slugs in their order."""

    slug: str
    title: str
    standfirst: str
    summary: str
    body: str
    artwork: str
    sensitive: bool
    authors: str = ""
    topics: tuple[str, ...] = ()
    content_note: str = ""
    goal_minor: int | None = None
    faq: str = ""
    tees: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a column of JSON."""
        return {name: list(value) if name in LISTS else value for name, value in asdict(self).items()}


def from_json(kept: Mapping[str, Any]) -> Content:
    """What `as_json` wrote; fields that came later have their defaults."""
    known = set(Content.__struct_fields__)
    given: dict[str, Any] = {name: tuple(kept[name]) if name in LISTS else kept[name] for name in known & set(kept)}
    return Content(**given)


def stands(status: str, published_at: datetime | None, now: datetime) -> str:
    """The status that readers meet: a scheduled story whose time has come is published."""
    due = status == "scheduled" and published_at is not None and published_at <= now
    return "published" if due else status


def in_order(words: Iterable[str]) -> tuple[str, ...]:
    """Small letters, single spaces, each once, at most 60 characters; empty ones left out."""
    plain = (" ".join(word.lower().split())[:60] for word in words)
    return tuple(dict.fromkeys(word for word in plain if word))
