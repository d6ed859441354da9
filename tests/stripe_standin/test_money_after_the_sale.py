"""Disputes, fraud warnings, refunds of every state, payouts: what moves, what is told, in Stripe's shapes."""

import urllib.error
import urllib.request
from typing import Any

import pytest
import stripe

from shop.stripe_standin.testing import RunningStandIn
from tests.stripe_standin.conftest import gift
from tests.stripe_standin.spec import Spec


@pytest.fixture
def charge(standin: RunningStandIn, client: stripe.StripeClient) -> str:
    """The charge of a paid gift of 20.00."""
    intent = standin.pay(client.v1.checkout.sessions.create(gift(2_000)).id)["payment_intent"]
    return str(client.v1.payment_intents.retrieve(intent).latest_charge)


def moves(client: stripe.StripeClient) -> list[tuple[str, int, int]]:
    """Reporting category, net and fee of everything that moved, oldest first."""
    found = client.v1.balance_transactions.list().data[::-1]
    return [(one.reporting_category, one.net, one.fee) for one in found]


def told(client: stripe.StripeClient) -> list[str]:
    return [str(event.type) for event in client.v1.events.list({"limit": 100}).data][::-1]


@pytest.mark.parametrize(("won", "last"), [(True, [("dispute_reversal", 2_000, 0)]), (False, [])])
def test_a_dispute_takes_amount_and_fee_at_once_and_a_won_one_gives_the_amount_back(
    standin: RunningStandIn, client: stripe.StripeClient, charge: str, won: bool, last: list[tuple[str, int, int]]
) -> None:
    dispute = standin.hook(f"charges/{charge}/dispute", reason="product_not_received")
    standin.hook(f"disputes/{dispute['id']}/answer")
    standin.hook(f"disputes/{dispute['id']}/close", won=won)
    assert moves(client)[1:] == [("dispute", -3_500, 1_500), *last]
    ended = client.v1.disputes.list({"charge": charge}).data[0]
    assert (ended.status, len(ended.balance_transactions)) == ("won" if won else "lost", 2 if won else 1)
    kinds = [kind for kind in told(client) if "dispute" in kind]
    assert kinds[:2] == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert ("charge.dispute.funds_reinstated" in kinds) == won


def test_a_refund_that_fails_later_is_back_in_the_balance(
    standin: RunningStandIn, client: stripe.StripeClient, charge: str
) -> None:
    standin.hook("refunds", status="pending")
    made = client.v1.refunds.create({"charge": charge, "amount": 500})
    assert made.status == "pending"
    standin.hook(f"refunds/{made.id}/settle", status="failed")
    assert moves(client)[1:] == [("refund", -500, 0), ("refund_failure", 500, 0)]
    assert client.v1.charges.retrieve(charge).amount_refunded == 0
    assert told(client)[-2:] == ["refund.updated", "refund.failed"]


def test_a_payout_names_what_it_carried_and_one_that_fails_comes_back(
    standin: RunningStandIn, client: stripe.StripeClient, charge: str
) -> None:
    assert standin.hook("payouts") == {"payouts": []}
    (payout_id,) = standin.hook("payouts", pending=True)["payouts"]
    carried = client.v1.balance_transactions.list({"payout": payout_id}).data
    assert sorted(one.type for one in carried) == ["charge", "payout"]
    assert sum(one.net for one in carried) == 0
    standin.hook(f"payouts/{payout_id}/fail")
    assert client.v1.payouts.retrieve(payout_id).status == "failed"
    assert client.v1.balance.retrieve().pending[0].amount == client.v1.payouts.retrieve(payout_id).amount
    (again,) = standin.hook("payouts", pending=True, slowly=True)["payouts"]
    assert client.v1.payouts.retrieve(again).status == "in_transit"
    assert client.v1.payouts.retrieve(again).amount == client.v1.payouts.retrieve(payout_id).amount
    carried = client.v1.balance_transactions.list({"payout": again}).data
    assert sorted(one.type for one in carried) == ["payout", "payout_failure"]
    standin.hook(f"payouts/{again}/arrive")
    assert (client.v1.payouts.retrieve(again).status, told(client)[-1]) == ("paid", "payout.paid")


def test_a_warning_is_told_and_moves_nothing(standin: RunningStandIn, client: stripe.StripeClient, charge: str) -> None:
    warning = standin.hook(f"charges/{charge}/warn")
    assert (warning["charge"], warning["actionable"], told(client)[-1]) == (
        charge,
        True,
        "radar.early_fraud_warning.created",
    )
    assert len(moves(client)) == 1


def test_all_of_it_has_stripes_shape(
    standin: RunningStandIn, client: stripe.StripeClient, charge: str, spec: Spec
) -> None:
    standin.hook("payouts", pending=True)
    dispute = standin.hook(f"charges/{charge}/dispute", amount=700)
    refund = standin.hook(f"charges/{charge}/refund", amount=300, status="failed")
    bodies: list[dict[str, Any]] = [dispute, refund]
    bodies += [one.to_dict() for one in client.v1.payouts.list().data]
    assert [problem for body in bodies for problem in spec.object_problems(body)] == []


def test_the_buttons_of_the_dashboard_do_the_same(
    standin: RunningStandIn, client: stripe.StripeClient, charge: str
) -> None:
    def press(path: str, data: bytes = b"", headers: dict[str, str] | None = None) -> int:
        request = urllib.request.Request(f"{standin.base_url}/dashboard/{path}", data=data, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                assert b"Pay everything out" in answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    assert press(f"charges/{charge}/refund", b"amount=500") == 200
    assert press(f"charges/{charge}/dispute") == 200
    assert press(f"charges/{charge}/dispute") == 409
    assert press("charges/ch_none/dispute") == 404
    assert press("nonsense") == 404
    assert press(f"charges/{charge}/refund", headers={"Sec-Fetch-Site": "cross-site"}) == 403
    assert client.v1.charges.retrieve(charge).amount_refunded == 500
