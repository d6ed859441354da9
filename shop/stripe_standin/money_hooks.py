"""What happens to money after it was paid, made to happen: by test hooks, and by the buttons of the dashboard."""

from collections.abc import Callable

from shop.stripe_standin.objects.disputes import answer_dispute, close_dispute, open_dispute, warn_of_fraud
from shop.stripe_standin.objects.payouts import arrive, fail_payout, pay_out
from shop.stripe_standin.objects.refunds import give_back, settle_refund
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import World

REFUND_STATUSES = ("succeeded", "pending", "failed")


def refund_charge(world: World, charge_id: str, asked: Json) -> Json:
    """A refund that nobody asked for by the API: of all that is left, or of `amount`."""
    with world.store.writing():
        found = world.store.find(charge_id, kind="charge")
        if found is None or found.body["status"] != "succeeded":
            raise LookupError("There is no such paid charge.")
        left = found.body["amount"] - found.body["amount_refunded"]
        amount = int(asked.get("amount") or left)
        if not 0 < amount <= left:
            raise ValueError("That is more than is left of the charge.")
        return give_back(world, found.body, amount, asked={}, status=_status(asked))


def dispute_charge(world: World, charge_id: str, asked: Json) -> Json:
    """A dispute of the whole charge, or of `amount`."""
    with world.store.writing():
        amount = int(asked["amount"]) if asked.get("amount") else None
        return open_dispute(world, charge_id, amount=amount, reason=str(asked.get("reason", "fraudulent")))


def warn_about_charge(world: World, charge_id: str, asked: Json) -> Json:
    """An early fraud warning."""
    with world.store.writing():
        return warn_of_fraud(world, charge_id)


def settle_one_refund(world: World, refund_id: str, asked: Json) -> Json:
    """The bank has spoken about a refund."""
    with world.store.writing():
        return settle_refund(world, refund_id, status=_status(asked) or "succeeded")


def answer_one_dispute(world: World, dispute_id: str, asked: Json) -> Json:
    """Evidence was handed in."""
    with world.store.writing():
        return answer_dispute(world, dispute_id)


def close_one_dispute(world: World, dispute_id: str, asked: Json) -> Json:
    """Won or lost."""
    with world.store.writing():
        return close_dispute(world, dispute_id, won=bool(asked.get("won")))


def arrive_one_payout(world: World, payout_id: str, asked: Json) -> Json:
    """It is at the bank."""
    with world.store.writing():
        return arrive(world, payout_id)


def fail_one_payout(world: World, payout_id: str, asked: Json) -> Json:
    """The bank sent it back."""
    with world.store.writing():
        return fail_payout(world, payout_id)


def make_payouts(world: World, asked: Json) -> Json:
    """Pay out what is available; with `pending` all there is; `slowly` leaves it on its way."""
    with world.store.writing():
        made = pay_out(world, pending=bool(asked.get("pending")), slowly=bool(asked.get("slowly")))
        return {"payouts": [payout["id"] for payout in made]}


def set_refund_status(world: World, asked: Json) -> Json:
    """What refunds come to at first, from now on."""
    with world.store.writing():
        world.store.set_setting("refund_status", _status(asked) or "succeeded")
    return {"status": _status(asked) or "succeeded"}


def _status(asked: Json) -> str:
    status = str(asked.get("status") or "")
    if status and status not in REFUND_STATUSES:
        raise ValueError(f"The status is one of {', '.join(REFUND_STATUSES)}.")
    return status


MONEY_HOOKS: dict[tuple[str, str], Callable[[World, str, Json], Json]] = {
    ("charges", "refund"): refund_charge,
    ("charges", "dispute"): dispute_charge,
    ("charges", "warn"): warn_about_charge,
    ("refunds", "settle"): settle_one_refund,
    ("disputes", "answer"): answer_one_dispute,
    ("disputes", "close"): close_one_dispute,
    ("payouts", "arrive"): arrive_one_payout,
    ("payouts", "fail"): fail_one_payout,
}
