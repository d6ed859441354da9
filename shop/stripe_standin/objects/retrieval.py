"""Endpoints that only read: one object by id, or a filtered list of a kind."""

from collections.abc import Callable, Mapping

from shop.stripe_standin.errors import resource_missing
from shop.stripe_standin.lists import Query, listed, page
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import Call

Handler = Callable[[Call], Json]


def retriever(kind: str, *, param: str = "id") -> Handler:
    """An endpoint answering one object of a kind, or 404."""

    def retrieve(call: Call) -> Json:
        found = call.world.store.find(call.ids["id"], kind=kind)
        if found is None:
            raise resource_missing(noun=kind, object_id=call.ids["id"], param=param, status=404)
        return found.body

    return retrieve


def lister(kind: str, filters: Mapping[str, str]) -> Handler:
    """An endpoint listing a kind; `filters` says which field of the body each parameter must equal."""

    def list_objects(call: Call) -> Json:
        query = Query(kind).created(call.params.get("created"))
        for param, path in filters.items():
            query.field(path, call.params.get(param))
        found, has_more = page(call.world.store, query, call.params)
        return listed([record.body for record in found], url=call.path, has_more=has_more)

    return list_objects
