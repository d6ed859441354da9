"""Connected accounts: as ready as a test says."""

from shop.stripe_standin.events import record_event
from shop.stripe_standin.ids import random_text
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import World

ASKED_FIRST = ["external_account", "tos_acceptance.date"]


def set_account(world: World, asked: Json) -> Json:
    """A new account, or the one named by `id` in another state; `ready` says which."""
    with world.store.writing():
        known = world.store.find(str(asked.get("id", "")), kind="account")
        account_id = known.id if known else f"acct_{random_text(16)}"
        created = known.body["created"] if known else world.clock.now()
        body = _account(account_id, ready=bool(asked.get("ready")), created=created)
        if known is None:
            world.store.insert(body)
        else:
            world.store.save(body)
        record_event(world, "account.updated", body)
        return body


def _account(account_id: str, *, ready: bool, created: int) -> Json:
    due = [] if ready else ASKED_FIRST
    state = "active" if ready else "inactive"
    return {
        "id": account_id,
        "object": "account",
        "business_type": "non_profit",
        "capabilities": {"card_payments": state, "transfers": state},
        "charges_enabled": ready,
        "country": "US",
        "created": created,
        "default_currency": "usd",
        "details_submitted": ready,
        "email": None,
        "metadata": {},
        "payouts_enabled": ready,
        "requirements": {
            "alternatives": [],
            "current_deadline": None,
            "currently_due": due,
            "disabled_reason": None if ready else "requirements.past_due",
            "errors": [],
            "eventually_due": due,
            "past_due": due,
            "pending_verification": [],
        },
        "type": "standard",
    }
