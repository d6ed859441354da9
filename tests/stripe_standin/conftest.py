"""What the stand-in's tests share: a stand-in on a free port, the official client, a webhook receiver."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stripe

from shop.stripe_standin.testing import RunningStandIn, running_standin
from tests.stripe_standin.spec import FILE, Spec


def tee(**changes: Any) -> Any:
    """A Checkout Session for two tees of 16.00 USD with delivery of 5.00, changed as asked; None leaves out."""
    wanted = {
        "mode": "payment",
        "line_items": [line("Dignity tee", 1_600, quantity=2)],
        "success_url": "http://shop.test/thanks?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.test/cart",
        "shipping_address_collection": {"allowed_countries": ["US", "CA"]},
        "shipping_options": [delivery("Post", 500), delivery("Courier", 1_500)],
        "client_reference_id": "order-1",
        "metadata": {"order": "order-1"},
        **changes,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def gift(amount: int = 2_000, **changes: Any) -> Any:
    """A session for a gift alone: nothing to deliver."""
    undelivered = {"shipping_address_collection": None, "shipping_options": None}
    return tee(**{"line_items": [line("Gift", amount)], **undelivered, **changes})


def a_month(amount: int = 1_000) -> Any:
    """A session that starts a monthly gift."""
    monthly = line("Monthly gift", amount)
    monthly["price_data"]["recurring"] = {"interval": "month"}
    told = {"metadata": {"monthly": "gift-1"}, "description": "Monthly gift"}
    return gift(mode="subscription", line_items=[monthly], subscription_data=told)


def line(name: str, amount: int, *, quantity: int = 1, currency: str = "usd") -> dict[str, Any]:
    """One line with an inline price."""
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": name}}
    return {"quantity": quantity, "price_data": price}


def delivery(name: str, amount: int, *, currency: str = "usd") -> dict[str, Any]:
    """One way of delivery with an inline rate."""
    rate = {"display_name": name, "type": "fixed_amount", "fixed_amount": {"amount": amount, "currency": currency}}
    return {"shipping_rate_data": rate}


def metadata_of(found: stripe.StripeObject) -> dict[str, str]:
    """An object's metadata as a plain dict: StripeObject is none."""
    pairs: dict[str, str] = found.to_dict()["metadata"]
    return pairs


def client_of(standin: RunningStandIn, key: str = "sk_test_tests", **options: Any) -> stripe.StripeClient:
    """The official client, speaking to the stand-in over HTTP."""
    options.setdefault("http_client", stripe.RequestsClient(timeout=20))
    return stripe.StripeClient(key, base_addresses={"api": standin.base_url}, **options)


class Receiver:
    """A webhook address that remembers what it was sent, and answers with the statuses it is given."""

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, str]] = []
        self.answers: list[int] = []
        self._news = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(receiver.take(body, self.headers["Stripe-Signature"]))
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/stripe/webhook"

    def take(self, body: bytes, signature: str) -> int:
        with self._news:
            self.taken.append((body, signature))
            self._news.notify_all()
            return self.answers.pop(0) if self.answers else 200

    def wait_for(self, count: int, *, timeout: float = 10) -> list[tuple[bytes, str]]:
        """The first `count` deliveries, waiting for them."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.taken) >= count, timeout), f"{len(self.taken)} of {count} came"
            return self.taken[:count]


@pytest.fixture
def spec() -> Spec:
    """Stripe's description; skips the test where it is not at hand."""
    if not FILE.exists():
        pytest.skip("Stripe's description is not at hand")
    return Spec()


@pytest.fixture
def standin() -> Iterator[RunningStandIn]:
    """A fresh stand-in that sends no webhooks."""
    with running_standin() as running:
        yield running


@pytest.fixture
def client(standin: RunningStandIn) -> stripe.StripeClient:
    """The official client of that stand-in."""
    return client_of(standin)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A webhook address that is listening."""
    found = Receiver()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.02,))
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()
