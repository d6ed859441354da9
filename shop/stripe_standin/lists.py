"""List answers: `limit`, `starting_after`, `ending_before`, `has_more`, newest first."""

from typing import Any

from shop.stripe_standin.errors import ApiError, resource_missing
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Record, Store

DEFAULT_LIMIT = 10
_EDGES = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<=", "eq": "="}


def listed(data: list[Json], *, url: str, has_more: bool = False) -> Json:
    """Stripe's list object."""
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


class Query:
    """The conditions of one list request, gathered piece by piece.

    `kind` and paths are words of the stand-in's own; what a caller sent never becomes SQL.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        # The kind stands in the text, as a field's path does, so that SQLite can use its partial indexes.
        self.conditions = [f"kind = '{kind}'"]
        self.values: list[Any] = []

    def where(self, condition: str, *values: Any) -> "Query":
        """One more condition, written here, with its values."""
        self.conditions.append(condition)
        self.values.extend(values)
        return self

    def field(self, path: str, value: Any) -> "Query":
        """A field of the body equals the value, when one was asked for."""
        if value is None:
            return self
        return self.where(f"json_extract(body, '$.{path}') = ?", value)

    def created(self, edges: Json | None) -> "Query":
        """Made in this range of Unix seconds."""
        for edge, moment in (edges or {}).items():
            self.where(f"created {_EDGES[edge]} ?", moment)
        return self


def page(store: Store, query: Query, params: Json) -> tuple[list[Record], bool]:
    """One page of records, newest first, and whether there are more that way."""
    limit = params.get("limit", DEFAULT_LIMIT)
    after, before = params.get("starting_after"), params.get("ending_before")
    if after is not None and before is not None:
        raise ApiError("You may only specify one of these parameters: starting_after, ending_before.",
                       code="parameters_exclusive")  # fmt: skip
    if after is not None:
        query.where("seq < ?", _seq(store, query.kind, after, "starting_after"))
    if before is not None:
        query.where("seq > ?", _seq(store, query.kind, before, "ending_before"))
    backwards = before is not None
    found = store.select(" AND ".join(query.conditions), query.values, ascending=backwards, limit=limit + 1)
    shown = found[:limit]
    return (shown[::-1] if backwards else shown), len(found) > limit


def page_of(entries: list[Json], params: Json) -> tuple[list[Json], bool]:
    """The same over a list at hand, in its own order: a session's lines."""
    limit = params.get("limit", DEFAULT_LIMIT)
    ids = [entry["id"] for entry in entries]
    after, before = params.get("starting_after"), params.get("ending_before")
    if before is not None:
        rest = entries[: _index(ids, before, "ending_before")]
        return rest[-limit:], len(rest) > limit
    rest = entries[_index(ids, after, "starting_after") + 1 :] if after is not None else entries
    return rest[:limit], len(rest) > limit


def _seq(store: Store, kind: str, object_id: str, param: str) -> int:
    record = store.find(object_id, kind=kind)
    if record is None:
        raise resource_missing(noun=kind, object_id=object_id, param=param)
    return record.seq


def _index(ids: list[str], object_id: str, param: str) -> int:
    if object_id not in ids:
        raise resource_missing(noun="item", object_id=object_id, param=param)
    return ids.index(object_id)
