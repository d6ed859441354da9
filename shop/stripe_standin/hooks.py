"""Test hooks under `/_test/`, there only when asked for: faults, payments without a page, time, webhooks.

POST /_test/faults                {"kind", "method", "path", "count", "delay"}; see `faults`
POST /_test/faults/clear
POST /_test/sessions/{id}/pay     {"way", "email", "name", "phone", "country", "shipping_rate"}
POST /_test/sessions/{id}/expire
POST /_test/sessions/{id}/settle  settle a delayed payment now
POST /_test/charges/{id}/refund   {"amount"}: as somebody in Stripe's dashboard does
POST /_test/charges/{id}/dispute  {"amount", "reason"}
POST /_test/charges/{id}/warn     an early fraud warning
POST /_test/refunds/{id}/settle   {"status"}: succeeded, or failed
POST /_test/refunds               {"status"}: what refunds made from now on come to at first
POST /_test/disputes/{id}/answer  evidence was handed in; `close` {"won"}
POST /_test/subscriptions/{id}/month   the month is over, the next is billed; `declines`: refuse the card from now on
POST /_test/subscriptions/{id}/retry   ask the card again; /card {"declines"}; /cancel
POST /_test/payouts               {"pending", "slowly"}: pay out what is available, or all; payouts/{id}/arrive, /fail
POST /_test/accounts              {"ready"}: a partner connected an account, or, with `id`, it changed
POST /_test/webhooks              {"mode"}; see `events.MODES`
POST /_test/webhooks/flush        {"order": created | reversed | shuffled, "seed", "dropped"}: send all that wait, now
POST /_test/clock                 {"advance": seconds}
GET  /_test/requests              requests the API saw; POST /_test/requests/clear
"""

import json
import random
from collections.abc import Callable
from dataclasses import fields, replace

from werkzeug.wrappers import Request, Response

from shop.stripe_standin.billing.hooks import BILLING_HOOKS
from shop.stripe_standin.checkout.ending import end_session
from shop.stripe_standin.checkout.payer import CARD, WAYS, Payer
from shop.stripe_standin.checkout.paying import SessionNotOpenError, pay
from shop.stripe_standin.events import MODES
from shop.stripe_standin.faults import KINDS, Fault
from shop.stripe_standin.money_hooks import MONEY_HOOKS, make_payouts, set_refund_status
from shop.stripe_standin.objects.accounts import set_account
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.ticker import do_what_is_due
from shop.stripe_standin.webhooks import Delivery, claim, deliver
from shop.stripe_standin.world import World


class HookError(Exception):
    """A test asked for something impossible; the message says what."""


def respond(world: World, request: Request) -> Response:
    """Answer one hook in JSON: 200, or 400 with `{"error": sentence}`."""
    try:
        asked = json.loads(request.get_data() or b"{}")
        if not isinstance(asked, dict):
            raise HookError("The body must be a JSON object.")
        body = _handler(request)(world, asked)
    except (HookError, LookupError, TypeError, ValueError, SessionNotOpenError) as error:
        return _json({"error": str(error)}, status=400)
    world.tell()
    return _json(body)


def _json(body: Json, *, status: int = 200) -> Response:
    return Response(json.dumps(body), status=status, content_type="application/json")


def _handler(request: Request) -> Callable[[World, Json], Json]:
    steps = request.path.removeprefix("/_test/").strip("/").split("/")
    if len(steps) == 3 and (steps[0], steps[2]) in OBJECT_HOOKS and request.method == "POST":
        return lambda world, asked: OBJECT_HOOKS[(steps[0], steps[2])](world, steps[1], asked)
    handler = HOOKS.get((request.method, "/".join(steps)))
    if handler is None:
        raise HookError(f"There is no hook {request.method} {request.path}.")
    return handler


def add_fault(world: World, asked: Json) -> Json:
    """Let something go wrong for requests to come."""
    known = {field.name for field in fields(Fault)}
    if asked.get("kind") not in KINDS or not asked.keys() <= known:
        raise HookError(f"A fault has {sorted(known)}; its kind is one of {', '.join(KINDS)}.")
    fault = Fault(**asked)
    world.faults.add(replace(fault, count=int(fault.count), delay=float(fault.delay)))
    return {"waiting": world.faults.waiting()}


def clear_faults(world: World, asked: Json) -> Json:
    """Let all go well again."""
    world.faults.clear()
    return {"waiting": 0}


def pay_session(world: World, session_id: str, asked: Json) -> Json:
    """Pay without the page; answers the session. A delayed way settles after `delayed_after` seconds."""
    way = asked.get("way", CARD)
    if way not in WAYS:
        raise HookError(f"The way to pay is one of {', '.join(WAYS)}.")
    do_what_is_due(world)
    with world.store.writing():
        return pay(world, session_id=session_id, payer=_payer(asked), way=way)


def _payer(asked: Json) -> Payer:
    return Payer(
        email=asked.get("email", "supporter@example.org"),
        name=asked.get("name", "Test Supporter"),
        phone=asked.get("phone"),
        address={
            "city": "Testville",
            "country": asked.get("country", "US"),
            "line1": "1 Test Street",
            "line2": None,
            "postal_code": "10001",
            "state": "NY",
        },
        shipping_rate=asked.get("shipping_rate"),
        terms=True,
    )


def expire_now(world: World, session_id: str, asked: Json) -> Json:
    """End an open session as if its time were up."""
    with world.store.writing():
        found = world.store.find(session_id, kind="checkout.session")
        if found is None or found.body["status"] != "open":
            raise HookError("Only an open session can expire.")
        return end_session(world, found.body)


def settle_now(world: World, session_id: str, asked: Json) -> Json:
    """Let delayed money arrive, or fail, without waiting."""
    with world.store.writing():
        moved = world.store.run("UPDATE due SET at = 0 WHERE object_id = ? AND action LIKE 'delayed%'", (session_id,))
    if not moved:
        raise HookError("No delayed payment is under way for this session.")
    return {"settled": do_what_is_due(world)}


def set_webhook_mode(world: World, asked: Json) -> Json:
    """What becomes of events from now on."""
    if asked.get("mode") not in MODES:
        raise HookError(f"The mode is one of {', '.join(MODES)}.")
    with world.store.writing():
        world.store.set_setting("webhook_mode", asked["mode"])
    return {"mode": asked["mode"]}


def flush_webhooks(world: World, asked: Json) -> Json:
    """Send every delivery that waits, in the order asked for, and answer what came of each."""
    states = ["pending", "held"] + (["dropped"] if asked.get("dropped") else [])
    marks = ", ".join("?" * len(states))
    waiting = f"SELECT id FROM delivery WHERE state IN ({marks}) ORDER BY id"
    with world.store.writing():
        claimed = [claim(world, row["id"]) for row in world.store.rows(waiting, states)]
    deliveries = [delivery for delivery in claimed if delivery is not None]
    if asked.get("order") == "reversed":
        deliveries.reverse()
    elif asked.get("order") == "shuffled":
        random.Random(asked.get("seed")).shuffle(deliveries)  # noqa: S311  # a repeatable order, not a secret
    return {"results": [_result(world, delivery) for delivery in deliveries]}


def _result(world: World, delivery: Delivery) -> Json:
    outcome = deliver(world, delivery)
    return {"event": delivery.event_id, "status": outcome.status, "error": outcome.error}


def advance_clock(world: World, asked: Json) -> Json:
    """Move the stand-in's time ahead and do what became due; retries of webhooks become due too."""
    with world.store.writing():
        world.clock.advance(float(asked["advance"]))
        world.store.set_setting("clock_offset", str(world.clock.offset))
    return {"now": world.clock.now(), "done": do_what_is_due(world)}


def seen_requests(world: World, asked: Json) -> Json:
    """The requests that reached the API, oldest first."""
    return {"requests": world.requests.entries()}


def forget_requests(world: World, asked: Json) -> Json:
    """Start the log afresh."""
    world.requests.clear()
    return {"requests": []}


OBJECT_HOOKS: dict[tuple[str, str], Callable[[World, str, Json], Json]] = {
    ("sessions", "pay"): pay_session,
    ("sessions", "expire"): expire_now,
    ("sessions", "settle"): settle_now,
    **MONEY_HOOKS,
    **BILLING_HOOKS,
}
HOOKS: dict[tuple[str, str], Callable[[World, Json], Json]] = {
    ("POST", "faults"): add_fault,
    ("POST", "faults/clear"): clear_faults,
    ("POST", "webhooks"): set_webhook_mode,
    ("POST", "webhooks/flush"): flush_webhooks,
    ("POST", "clock"): advance_clock,
    ("POST", "refunds"): set_refund_status,
    ("POST", "accounts"): set_account,
    ("POST", "payouts"): make_payouts,
    ("GET", "requests"): seen_requests,
    ("POST", "requests/clear"): forget_requests,
}
