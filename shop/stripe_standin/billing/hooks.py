"""What time, cards and people do to a subscription, made to happen: by test hooks, and by the dashboard's buttons."""

from collections.abc import Callable

from shop.stripe_standin.billing.cycles import ask_card, cancel, open_invoice, renew, set_declines
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import World


def pass_month(world: World, subscription_id: str, asked: Json) -> Json:
    """The month is over now: the next is billed. `declines` says whether the card is refused from now on."""
    with world.store.writing():
        if "declines" in asked:
            set_declines(world, subscription_id, declines=_true(asked["declines"]))
        renew(world, _running(world, subscription_id)["id"])
        return _running(world, subscription_id, ended=True)


def retry_now(world: World, subscription_id: str, asked: Json) -> Json:
    """Ask the card once more for what is open. `declines` as above."""
    with world.store.writing():
        if "declines" in asked:
            set_declines(world, subscription_id, declines=_true(asked["declines"]))
        invoice_id = open_invoice(world, subscription_id)
        if invoice_id is None:
            raise ValueError("Nothing is open.")
        ask_card(world, invoice_id)
        return _running(world, subscription_id, ended=True)


def change_card(world: World, subscription_id: str, asked: Json) -> Json:
    """A card that is refused from now on (`declines`), or one that works."""
    with world.store.writing():
        return set_declines(world, subscription_id, declines=_true(asked.get("declines", "")))


def cancel_now(world: World, subscription_id: str, asked: Json) -> Json:
    """As somebody in Stripe's dashboard does."""
    with world.store.writing():
        return cancel(world, _running(world, subscription_id), reason="cancellation_requested")


def _running(world: World, subscription_id: str, *, ended: bool = False) -> Json:
    found = world.store.find(subscription_id, kind="subscription")
    if found is None:
        raise LookupError("There is no such subscription.")
    if found.body["status"] == "canceled" and not ended:
        raise ValueError("It has ended.")
    return found.body


def _true(given: object) -> bool:
    return given in (True, "1", "true")


BILLING_HOOKS: dict[tuple[str, str], Callable[[World, str, Json], Json]] = {
    ("subscriptions", "month"): pass_month,
    ("subscriptions", "retry"): retry_now,
    ("subscriptions", "card"): change_card,
    ("subscriptions", "cancel"): cancel_now,
}
