"""Are you with us? Signing an appeal, confirming from the mailbox, taking it back; and false ones that staff find."""

from __future__ import annotations

from datetime import timedelta

from shop.actions import operations as actions
from shop.actions.queries import Shared, appeal_of
from shop.actions.rules import SHARED_DOMAINS, domain_of
from shop.campaigns.queries import campaign_named
from shop.core import clock, rates
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, NotFound
from shop.core.languages import _, spoken
from shop.core.networks import network_of
from shop.core.outbox import promise
from shop.core.rates import Rate
from shop.mail.rules import mail_address
from shop.staff.operations import record
from shop.staff.rules.audit import differences

FREE_PER_NETWORK = 30  # an hour: a class or an office may sign together
FREE_PER_DOMAIN = 200  # an hour, for domains that few people share
ONE_MAIL_PER = timedelta(minutes=10)


@again
def sign_appeal(slug: str, *, email: str, address: str | None) -> None:
    """Put an address under a campaign's appeal and promise the mail that confirms it.

    Whoever has signed before is told the same and gets a mail that says so. `address` is the IP address asked from.
    Raises Invalid, NotFound, Conflict once the appeal is closed, and UsedUp.
    """
    mail = mail_address(email)
    appeal = appeal_of(campaign_named(slug).card.id)
    end_read()
    if appeal is None:
        raise NotFound(_("This campaign does not ask for that."))
    if not appeal.open:
        raise Conflict(_("This campaign no longer asks for that. Thank you for wanting to be part of it."))
    network = network_of(address)
    with transaction():
        rates.use(_rates(network, domain_of(mail)))
        signature_id, state = actions.sign(appeal_id=appeal.id, email=mail, network=network)
        if state != "invalidated":
            window = int(clock.now().timestamp() // ONE_MAIL_PER.total_seconds())
            key = f"{signature_id}:{window}"
            promise(
                "signature_letter", key=key, payload={"signature": signature_id, "key": key, "language": spoken().code}
            )


@again
def confirm_signature(token: str) -> bool:
    """The button behind the mailed link: counted from now on. False when it had been, or cannot be."""
    with transaction():
        return actions.confirm(token)


@again
def withdraw_signature(token: str) -> bool:
    """Take a signature back, with everything kept of it; False when there is none."""
    with transaction():
        return actions.withdraw(token)


COUNTED, FALSE = {"signatures": "counted"}, {"signatures": "held to be false"}


@again
def set_appeal(*, campaign_id: int, ask: str, goal: int | None, open: bool, actor: str) -> None:
    """Staff say what a campaign asks for. Raises Invalid."""
    with transaction():
        before = appeal_of(campaign_id)
        actions.set_appeal(campaign_id=campaign_id, ask=ask, goal=goal, open=open)
        was = {} if before is None else {"ask": before.ask, "goal": before.goal, "open": before.open}
        details = differences(was, {"ask": ask, "goal": goal, "open": open})
        record(actor=actor, action="appeal.set", subject=f"campaign {campaign_id}", details=details)


@again
def invalidate_signatures(*, appeal_id: int, shared: Shared, value: str, reason: str, actor: str) -> int:
    """Staff judge what came from one network or mail domain to be false; returns how many signatures."""
    with transaction():
        count = actions.invalidate(appeal_id=appeal_id, shared=shared, value=value, reason=reason)
        if count:
            details = differences(COUNTED, FALSE) | {shared: value, "reason": reason, "signatures": count}
            record(actor=actor, action="signatures.invalidated", subject=f"appeal {appeal_id}", details=details)
    return count


@again
def reinstate_signatures(*, appeal_id: int, shared: Shared, value: str, actor: str) -> int:
    """Staff were wrong: those signatures are again what they were; returns how many."""
    with transaction():
        count = actions.reinstate(appeal_id=appeal_id, shared=shared, value=value)
        if count:
            details = differences(FALSE, COUNTED) | {shared: value, "signatures": count}
            record(actor=actor, action="signatures.reinstated", subject=f"appeal {appeal_id}", details=details)
    return count


def _rates(network: str, domain: str) -> list[Rate]:
    hour = timedelta(hours=1)
    found = [Rate("sign", network, FREE_PER_NETWORK, hour)]
    if domain not in SHARED_DOMAINS:
        found.append(Rate("sign by domain", domain, FREE_PER_DOMAIN, hour))
    return found
