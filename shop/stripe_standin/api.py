"""Answer one `/v1/` request: authenticate, route, check, do it once, and expand."""

import base64
import binascii
import logging

from msgspec.json import encode
from werkzeug.wrappers import Request, Response

from shop.stripe_standin import idempotency
from shop.stripe_standin.errors import ApiError
from shop.stripe_standin.expand import expanded
from shop.stripe_standin.faults import DroppedConnectionError, Fault, server_error, stop_before
from shop.stripe_standin.forms import decode
from shop.stripe_standin.idempotency import Answer
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.routing import Endpoint, matched
from shop.stripe_standin.settings import LIVE_KEYS, TEST_KEYS, Settings
from shop.stripe_standin.shapes import API_VERSION, Raw
from shop.stripe_standin.ticker import do_what_is_due
from shop.stripe_standin.world import Call, World

log = logging.getLogger(__name__)


def respond(world: World, request: Request) -> Response:
    """The JSON response to an API request; never raises but to drop a connection on purpose."""
    request_id = new_id("req")
    try:
        answer = _answer(world, request, request_id)
    except ApiError as error:
        answer = Answer(status=error.status, body=error.body())
    except DroppedConnectionError:
        raise
    except Exception:
        log.exception("The stand-in failed on %s %s", request.method, request.path)
        answer = Answer(status=500, body=server_error().body())
    response = Response(encode(answer.body), status=answer.status, content_type="application/json")
    response.headers["Request-Id"] = request_id
    response.headers["Stripe-Version"] = API_VERSION
    if "Idempotency-Key" in request.headers:
        response.headers["Idempotency-Key"] = request.headers["Idempotency-Key"]
    if answer.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _answer(world: World, request: Request, request_id: str) -> Answer:
    authenticate(request, world.settings)
    query, body = request.query_string.decode("ascii", "replace"), request.get_data()
    form = decode(query) | (decode(body.decode("utf-8", "replace")) if body else {})
    key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
    _remember(world, request, form, key)
    endpoint, ids = matched(request.method, request.path)
    fault = world.faults.take(request.method, request.path)
    stop_before(fault)
    do_what_is_due(world)
    mark = idempotency.fingerprint(request.method, request.path, form)
    with world.keys.hold(key):
        answer = idempotency.recall(world.store, key=key, mark=mark, now=world.clock.exact())
        if answer is None:
            _pause(world, fault, "slow")
            params = endpoint.parameters.read(form, "")
            call = Call(world, params, ids, request.path, request_id, key)
            answer = _perform(call, endpoint, mark, fault)
    world.tell()
    _pause(world, fault, "timeout_after")
    if fault is not None and fault.kind == "reset_after":
        raise DroppedConnectionError
    return answer


def _perform(call: Call, endpoint: Endpoint, mark: str, fault: Fault | None) -> Answer:
    """Do it, and keep the answer in the same transaction; a fault after the effect is kept like any answer."""
    store, paths = call.world.store, call.params.get("expand", [])
    if endpoint.method == "GET":
        with store.reading():
            return Answer(status=200, body=expanded(store, endpoint.handler(call), paths))
    with store.writing():
        body = expanded(store, endpoint.handler(call), paths)
        broken = fault is not None and fault.kind == "error_after"
        answer = Answer(status=500, body=server_error().body()) if broken else Answer(status=200, body=body)
        now = call.world.clock.exact()
        idempotency.keep(store, key=call.idempotency_key, mark=mark, answer=answer, now=now)
    return answer


def _pause(world: World, fault: Fault | None, kind: str) -> None:
    if fault is not None and fault.kind == kind:
        world.stopping.wait(fault.delay)


def _remember(world: World, request: Request, form: dict[str, Raw], key: str | None) -> None:
    if world.settings.test_hooks:
        world.requests.add(
            {
                "method": request.method,
                "path": request.path,
                "params": form,
                "idempotency_key": key,
                "stripe_version": request.headers.get("Stripe-Version"),
            }
        )


def authenticate(request: Request, settings: Settings) -> None:
    """Take a test key as bearer token or as basic user name; raises ApiError (401) otherwise."""
    key = _key(request.headers.get("Authorization", ""))
    if not key:
        raise ApiError("You did not provide an API key. Provide it in the Authorization header.", status=401)
    if key.startswith(LIVE_KEYS):
        raise ApiError("A live key was sent to a stand-in. Roll it: it has left its place.", status=401)
    if not key.startswith(TEST_KEYS) or (settings.api_key is not None and key != settings.api_key):
        raise ApiError(f"Invalid API Key provided: {key[:8]}***", status=401)


def _key(header: str) -> str:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""
