"""The one place that speaks to Stripe (or to its stand-in, which is spoken to in the same words).

Retries are explicit because StripeClient makes none by itself; each repeats the same idempotency key, so a charge or
refund whose answer was lost is not made twice (https://docs.stripe.com/api/idempotent_requests).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import requests
import stripe
from msgspec.structs import replace
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from shop.core.columns import Json
from shop.payments import stripe_reports as reports
from shop.payments.gateway import ForgedEvent, RefundRequest, SessionRequest
from shop.payments.reports import ChargeReport, EventReport, Move, PayoutReport, RefundReport, SessionReport, Taxed
from shop.payments.stripe_asking import ask
from shop.payments.stripe_connect import StripeAccounts
from shop.payments.stripe_monthly import StripeMonthly
from shop.payments.stripe_pages import session_params

if TYPE_CHECKING:  # they say what a dictionary may hold: 2.3 MB that nothing runs
    from stripe.params import BalanceTransactionListParams, EventListParams

TIMEOUT_SECONDS = 10
RETRIES = 2
MOST_AT_ONCE = 64  # connections kept open; threads beyond them open and close one each
TOLERANCE_SECONDS = 300  # how old a signature may be: Stripe's own default
SESSIONS = "/v1/checkout/sessions"
MOST_LINES = 100  # what Stripe lists at once, and more than a page can have
EXPAND = ["payment_intent.latest_charge.balance_transaction"]


def _connections(api_base: str) -> requests.Session:
    """Proxies as the environment names them, read once: asked for each call, it is searched a hundred times over."""
    kept = requests.Session()
    kept.trust_env, kept.proxies = False, get_environ_proxies(api_base)
    for scheme in ("http://", "https://"):
        kept.mount(scheme, HTTPAdapter(pool_maxsize=MOST_AT_ONCE))
    return kept


class StripeGateway(StripeMonthly, StripeAccounts):
    """A `PaymentGateway` over HTTP. `secrets` are webhook signing secrets, several while one is being replaced."""

    def __init__(self, *, key: str, secrets: Sequence[str], api_base: str | None) -> None:
        self._secrets = tuple(secrets)
        self._client = stripe.StripeClient(
            key,
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(
                timeout=TIMEOUT_SECONDS, session=_connections(api_base or stripe.DEFAULT_API_BASE)
            ),
            base_addresses={"api": api_base} if api_base else {},
        )

    def open_session(self, request: SessionRequest) -> SessionReport:
        key = f"session-{request.order_id}"
        return reports.session_report(self._told("post", SESSIONS, idempotency_key=key, **session_params(request)))

    def read_session(self, session_id: str) -> SessionReport:
        told = self._told("get", f"{SESSIONS}/{quote(session_id, safe='')}", expand=EXPAND)
        report = reports.session_report(told)
        if report.settled and (told.get("automatic_tax") or {}).get("enabled"):
            return replace(report, taxed=self._taxed(told))
        return report

    def _told(self, method: str, path: str, **params: Any) -> Json:
        """What every sale asks, as plain data: making Stripe's objects of an answer takes longer than settling it."""
        answer: Json = ask(lambda: self._client.raw_request(method, path, **params)).data
        return answer

    def _taxed(self, told: Json) -> Taxed:
        """A session tells a handful of its lines, so all are listed."""
        lines = ask(lambda: self._client.v1.checkout.sessions.line_items.list(told["id"], {"limit": MOST_LINES}))
        delivery = (told.get("shipping_cost") or {}).get("amount_tax", 0)
        return Taxed(tuple(line.amount_tax for line in lines.data), delivery)

    def expire_session(self, session_id: str) -> SessionReport:
        return reports.session_report(ask(lambda: self._client.v1.checkout.sessions.expire(session_id)).to_dict())

    def refund(self, request: RefundRequest) -> RefundReport:
        again = f"-{request.attempt}" if request.attempt > 1 else ""
        options: stripe.RequestOptions = {"idempotency_key": f"refund-{request.id}{again}"}
        made = ask(
            lambda: self._client.v1.refunds.create(
                {
                    "payment_intent": request.intent_id,
                    "amount": request.amount.minor,
                    "metadata": {
                        "order": request.order_id,
                        "refund": request.id,
                        "attempt": str(request.attempt),
                    },
                },
                options,
            )
        )
        return reports.refund_report(made.to_dict())

    def read_charge(self, charge_id: str) -> ChargeReport:
        about, api = {"charge": charge_id, "limit": 100}, self._client.v1
        charge = ask(lambda: api.charges.retrieve(charge_id)).to_dict()
        refunds = ask(lambda: [one.to_dict() for one in api.refunds.list(about).auto_paging_iter()])  # type: ignore[arg-type]  # a plain dict
        disputes = ask(lambda: [one.to_dict() for one in api.disputes.list(about).auto_paging_iter()])  # type: ignore[arg-type]  # as above
        return reports.charge_report(charge, refunds, disputes)

    def moves_since(self, since: datetime | None) -> Sequence[Move]:
        wanted: BalanceTransactionListParams = {"limit": 100, "expand": ["data.source"]}
        if since is not None:
            wanted["created"] = {"gte": int(since.timestamp())}
        found = ask(lambda: [one.to_dict() for one in self._transactions(wanted)])
        return [reports.move(one) for one in reversed(found)]

    def read_payout(self, payout_id: str) -> PayoutReport:
        payout = ask(lambda: self._client.v1.payouts.retrieve(payout_id)).to_dict()
        carried = ask(lambda: [one.to_dict() for one in self._transactions({"payout": payout_id, "limit": 100})])
        return reports.payout_report(payout, carried)

    def holdings(self) -> Mapping[str, int]:
        told: Json = ask(lambda: self._client.v1.balance.retrieve()).to_dict()
        sums: dict[str, int] = {}
        for part in (*told["available"], *told["pending"]):
            code = part["currency"].upper()
            sums[code] = sums.get(code, 0) + part["amount"]
        return sums

    def lost_events(self, since: datetime) -> Sequence[EventReport]:
        wanted: EventListParams = {
            "delivery_success": False,
            "created": {"gte": int(since.timestamp())},
            "types": list(reports.LISTENED_TO),
            "limit": 100,
        }
        found = ask(lambda: [one.to_dict() for one in self._client.v1.events.list(wanted).auto_paging_iter()])
        return [_event(json.loads(json.dumps(one, default=str))) for one in reversed(found)]

    def _transactions(self, wanted: BalanceTransactionListParams) -> Iterator[stripe.BalanceTransaction]:
        return self._client.v1.balance_transactions.list(wanted).auto_paging_iter()

    def read_event(self, payload: bytes, signature: str) -> EventReport:
        for secret in self._secrets:
            try:
                stripe.WebhookSignature.verify_header(payload.decode(), signature, secret, TOLERANCE_SECONDS)
                return _event(json.loads(payload))
            except (stripe.SignatureVerificationError, ValueError, LookupError, TypeError, AttributeError):
                continue  # signed by another secret, or by nobody, or no event at all
        raise ForgedEvent("This message is not from our payment processor.")


def _event(told: Json) -> EventReport:
    """Read without Stripe's classes: their decimals do not go into a JSON column."""
    about = told["data"]["object"]
    return EventReport(id=told["id"], kind=told["type"], object_id=str(about.get("id", "")), payload=told)
