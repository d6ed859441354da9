"""What all writes of campaigns check, and how a row is added once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from shop.campaigns.models import Claim, Video
from shop.campaigns.rules.blocks import blocks_of, cited, videos
from shop.core.columns import Json
from shop.core.database import insert_once, session
from shop.core.errors import Conflict, Invalid

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class UnknownClaim(Invalid):
    """A body cites claims that nobody has entered; `keys` says which."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"There is no claim with the key {', '.join(keys)}: enter it first.", field="body")
        self.keys = tuple(keys)


class UnknownVideo(Invalid):
    """A body shows a film that nobody has entered."""


class Taken(Conflict):
    """Another has that slug or key already."""


def add(model: Any, values: Json, unique: str) -> int:
    """Insert a row with an id, unless another has its key; returns the id. Raises Taken."""
    if not insert_once(model, values):
        raise Taken(f"“{values[unique]}” is taken already.", field=unique)
    found: int = session().execute(select(model.id).where(getattr(model, unique) == values[unique])).scalar_one()
    return found


def count(model: Any) -> int:
    """How many rows there are: the place of the next one."""
    return int(session().execute(select(func.count()).select_from(model)).scalar_one())


def check_body(body: str) -> None:
    """Raises BadBody for a directive that cannot be read, UnknownClaim or UnknownVideo for what nobody entered."""
    blocks = blocks_of(body)
    films = videos(blocks)
    entered = set(session().execute(select(Video.key).where(Video.key.in_(films))).scalars()) if films else set()
    if lost := [key for key in films if key not in entered]:
        raise UnknownVideo(f"There is no video with the key {', '.join(lost)}: enter it first.", field="body")
    keys = cited(blocks)
    known = set(session().execute(select(Claim.key).where(Claim.key.in_(keys))).scalars())
    if missing := [key for key in keys if key not in known]:
        raise UnknownClaim(missing)


def check_slug(slug: str, *, field: str = "slug") -> None:
    """Raises Invalid for what is no address."""
    if not _SLUG.fullmatch(slug) or len(slug) > 80:
        raise Invalid("Use small letters, digits and single hyphens, 80 at most, such as look-closer.", field=field)


def check_address(url: str, *, field: str) -> None:
    """Raises Invalid for what a reader cannot open."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or any(sign.isspace() for sign in url):
        raise Invalid("Enter an address that a reader can open, beginning with https://.", field=field)
