"""`make bench`: medians of three rounds, and their ratio to a bare view measured in the same run.

make bench ARGS="--seconds 5 --products 5000 --database postgresql://…"
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import itertools
import json
import re
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from bench.load import Measured, Step, all_at_once, load, measured, median_of
from bench.servers import WEBHOOK_SECRET, Running, cold_start, memory_of_workers, processor_seconds, running
from bench.wire import Answer, Visitor

VISITORS = 8
AT_ONCE, ROUNDS_OF_SLOW = 50, 4
SLOW = 0.4  # seconds that Stripe takes to open a page
MANY = 100_000
ORDERS_COUNTED = 100
SESSIONS = "/v1/checkout/sessions"
_numbers = itertools.count()
_desks = threading.local()


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4.0, help="length of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--products", type=int, help="generate so many products beside the demo's")
    parser.add_argument("--database", help="an empty PostgreSQL database; SQLite in a temporary folder unless set")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="store-bench-") as folder,
        running(Path(folder), database_url=options.database, products=options.products) as servers,
    ):
        _report(servers, options.rounds, options.seconds)


def _report(servers: Running, rounds: int, seconds: float) -> None:
    def timed(base: str, step: Step) -> Measured:
        return median_of(rounds, lambda: load(base, step, visitors=VISITORS, seconds=seconds))

    tee = _first_tee(servers)
    floor = timed(servers.bare, lambda visitor: _expect(200, visitor.get("/").status))
    print(f"{'':<16}{'a second':>10}{'of bare':>9}{'p50 ms':>9}{'p95 ms':>9}")
    _line("bare view", floor, floor)
    steps: dict[str, Step] = {
        "home": lambda visitor: _expect(200, visitor.get("/").status),
        "shop": lambda visitor: _expect(200, visitor.get("/shop").status),
        "product": lambda visitor: _expect(200, visitor.get(f"/shop/{tee['product']}").status),
        "add to cart": lambda visitor: _add(visitor, tee),
        "start checkout": lambda visitor: _expect(303, _start(visitor, tee).status),
        "webhook": _webhook,
        "whole orders": lambda visitor: _order(visitor, tee, servers.standin),
    }
    for name, step in steps.items():
        _line(name, timed(servers.store, step), floor)
    _say_what_an_order_takes(servers, tee)
    _line(f"Stripe {SLOW * 1_000:.0f} ms", _slow_stripe(servers, tee), floor)
    memory = ", ".join(f"{share:.0f} ({size:.0f})" for size, share in memory_of_workers(servers.store_pid))
    print(f"MB of each process after this, its share (and what is resident): {memory}")
    print(f"cold start: {cold_start(servers.environ):.2f} s")


def _say_what_an_order_takes(servers: Running, tee: dict[str, str]) -> None:
    """Of the processors: the one figure that is the same on a machine which does something else as well, or nearly."""
    before = processor_seconds(servers)
    with Visitor(servers.store) as visitor:
        for _ in range(ORDERS_COUNTED):
            _order(visitor, tee, servers.standin)
    taken = zip(before, processor_seconds(servers), strict=True)
    store, standin = ((after - began) / ORDERS_COUNTED * 1_000 for began, after in taken)
    print(f"{'':<16}one order takes {store:.1f} ms of the processors, and {standin:.1f} ms of the stand-in's")


def _slow_stripe(servers: Running, tee: dict[str, str]) -> Measured:
    """Fifty visitors go to pay at the same time while Stripe takes its time; only the going to pay is measured."""
    _hook(servers.standin, "faults", {"kind": "slow", "method": "POST", "path": SESSIONS, "count": MANY, "delay": SLOW})
    carts: dict[int, dict[str, str]] = {}

    def step(visitor: Visitor) -> None:
        visitor.cookies = dict(carts.pop(next(numbers)))
        _expect(303, visitor.post("/checkout", {"country": "US", "note": ""}).status)

    numbers = itertools.count()
    with Visitor(servers.store) as filler:
        for number in range(AT_ONCE * ROUNDS_OF_SLOW):
            _add(filler, tee)
            carts[number] = dict(filler.cookies)
    times: list[float] = []
    for _ in range(ROUNDS_OF_SLOW):
        times += all_at_once(servers.store, step, visitors=AT_ONCE)
    _hook(servers.standin, "faults/clear", {})
    return measured(times, seconds=sum(times) / AT_ONCE)


def _hook(standin: str, name: str, told: dict[str, object]) -> None:
    asked = urllib.request.Request(f"{standin}/_test/{name}", data=json.dumps(told).encode())
    urllib.request.urlopen(asked, timeout=30).close()


def _line(name: str, measured: Measured, floor: Measured) -> None:
    ratio = f"{measured.rate / floor.rate:.2f}"
    print(f"{name:<16}{measured.rate:>10.0f}{ratio:>9}{measured.p50:>9.1f}{measured.p95:>9.1f}", flush=True)


def _first_tee(servers: Running) -> dict[str, str]:
    """The form of the first product on the shelf, as its page offers it."""
    with Visitor(servers.store) as visitor:
        shelf = visitor.get("/shop").body.decode()
        for slug in dict.fromkeys(re.findall(r'href="/shop/([a-z0-9-]+)', shelf)):
            page = visitor.get(f"/shop/{slug}").body.decode()
            colour = re.search(r'name="colour"[^>]*value="([^"]+)"', page)
            size = re.search(r'name="size"[^>]*value="([^"]+)"', page)
            if colour and size:
                return {"product": slug, "colour": colour[1], "size": size[1], "quantity": "1"}
    raise AssertionError("no product of the shelf offers colours and sizes")


def _add(visitor: Visitor, tee: dict[str, str]) -> None:
    visitor.cookies.clear()
    _expect(303, visitor.post("/cart/lines", tee).status)


def _start(visitor: Visitor, tee: dict[str, str]) -> Answer:
    """Put a tee in the cart and go to pay; pressed again where a pledge came to its end just then, as people do."""
    _add(visitor, tee)
    answer = visitor.post("/checkout", {"country": "US", "note": ""})
    return answer if answer.status != 409 else visitor.post("/checkout", {"country": "US", "note": ""})


def _order(visitor: Visitor, tee: dict[str, str], standin: str) -> None:
    """Cart, checkout, payment at the stand-in, return page: until the order is settled."""
    started = _start(visitor, tee)
    _expect(303, started.status)
    session_id = started.headers["location"].rpartition("/")[2]
    _pay(standin, session_id)
    _expect(303, visitor.get(f"/checkout/return?session={session_id}").status)


def _pay(standin: str, session_id: str) -> None:
    """Over a connection of this thread's own: opening one would cost more than paying."""
    desk: Visitor = getattr(_desks, "desk", None) or Visitor(standin)
    _desks.desk = desk
    _expect(200, desk.send(f"/_test/sessions/{session_id}/pay", b"{}", {"Content-Type": "application/json"}).status)


def _webhook(visitor: Visitor) -> None:
    """A signed event of a stranger's session: signature, inbox, promise, 200."""
    number, moment = next(_numbers), int(time.time())
    about = {"id": f"cs_bench_{number}", "object": "checkout.session"}
    event = {"id": f"evt_bench_{number}", "object": "event", "type": "checkout.session.completed"}
    body = json.dumps(event | {"data": {"object": about}}).encode()
    mark = hmac.new(WEBHOOK_SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t={moment},v1={mark}", "Content-Type": "application/json"}
    _expect(200, visitor.send("/stripe/webhook", body, headers).status)


def _expect(wanted: int, got: int) -> None:
    if got != wanted:
        raise AssertionError(f"answered {got} instead of {wanted}")


if __name__ == "__main__":
    main()
