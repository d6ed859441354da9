"""Events: a snapshot of what changed, kept, and promised to the webhook in the same transaction."""

from shop.stripe_standin.errors import resource_missing
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.lists import Query, listed, page
from shop.stripe_standin.shapes import API_VERSION, Json
from shop.stripe_standin.store import Store
from shop.stripe_standin.world import Call, World

RETRIED_FOR = 3 * 24 * 60 * 60
MODES = ("deliver", "hold", "drop", "duplicate", "twin")
"""What becomes of new events: sent; kept back; never sent; sent twice; told by two separate events."""

_FIRST_STATE = {"hold": "held", "drop": "dropped"}
_UNDELIVERED = "SELECT 1 FROM delivery WHERE event_id = object.id AND state <> 'delivered'"


def webhook_mode(store: Store) -> str:
    """One of MODES."""
    return store.setting("webhook_mode", "deliver")


def record_event(
    world: World, kind: str, subject: Json, *, origin: Json | None = None, previous: Json | None = None
) -> None:
    """Keep an event about `subject`; `previous` holds changed fields as they were. Needs a transaction."""
    mode = webhook_mode(world.store)
    for _ in range(2 if mode == "twin" else 1):
        event = _built(world, kind, subject, origin, previous)
        world.store.insert(event)
        if world.settings.webhook_url is not None:
            for _ in range(2 if mode == "duplicate" else 1):
                _promise(world, event["id"], _FIRST_STATE.get(mode, "pending"))


def _built(world: World, kind: str, subject: Json, origin: Json | None, previous: Json | None) -> Json:
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": world.clock.now(),
        "data": {"object": subject} | ({"previous_attributes": previous} if previous else {}),
        "livemode": False,
        "pending_webhooks": 0,
        "request": origin or {"id": None, "idempotency_key": None},
        "type": kind,
    }


def _promise(world: World, event_id: str, state: str) -> None:
    now = world.clock.exact()
    world.store.run(
        "INSERT INTO delivery (event_id, state, next_at, give_up_at) VALUES (?, ?, ?, ?)",
        (event_id, state, now, now + RETRIED_FOR),
    )


def shown(store: Store, event: Json) -> Json:
    """The event with its count of webhooks that have not been taken yet."""
    waiting = store.rows(
        "SELECT COUNT(*) AS n FROM delivery WHERE event_id = ? AND state <> 'delivered'", (event["id"],)
    )
    return {**event, "pending_webhooks": waiting[0]["n"]}


def retrieve_event(call: Call) -> Json:
    """GET /v1/events/{id}"""
    found = call.world.store.find(call.ids["id"], kind="event")
    if found is None:
        raise resource_missing(noun="event", object_id=call.ids["id"], param="id", status=404)
    return shown(call.world.store, found.body)


def list_events(call: Call) -> Json:
    """GET /v1/events: by type (a `*` at the end matches any ending), time and whether delivery succeeded."""
    query = Query("event").created(call.params.get("created"))
    kinds = call.params.get("types", []) + ([call.params["type"]] if "type" in call.params else [])
    if kinds:
        query.where("(" + " OR ".join(["json_extract(body, '$.type') GLOB ?"] * len(kinds)) + ")", *kinds)
    wanted = call.params.get("delivery_success")
    if wanted is not None:
        query.where(f"{'NOT ' if wanted else ''}EXISTS ({_UNDELIVERED})")
    found, has_more = page(call.world.store, query, call.params)
    data = [shown(call.world.store, record.body) for record in found]
    return listed(data, url=call.path, has_more=has_more)
