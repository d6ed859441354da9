"""A person explains a transaction that no order does: an entry in the books, with a reason and a name."""

from __future__ import annotations

from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict
from shop.journeys.stripe_account import explain_move
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun


@again
def explain_by_hand(*, transaction_id: str, account_name: str, party: str, reason: str, actor: str) -> None:
    """Post it against an account. Raises Conflict when it is explained by now."""
    with transaction():
        if not explain_move(
            transaction_id=transaction_id, account_name=account_name, party=party, reason=reason, actor=actor
        ):
            raise Conflict("This transaction is explained by now; nothing was posted.")
        details = begun({"account": account_name, "party": party}) | {"reason": reason}
        audit(actor=actor, action="books.explained", subject=transaction_id, details=details)
