"""Connected accounts at Stripe (https://docs.stripe.com/api/accounts/object)."""

from __future__ import annotations

import stripe

from shop.payments.connect import AccountReport
from shop.payments.stripe_asking import ask


class StripeAccounts:
    """The part of the gateway that an `AccountGateway` names."""

    _client: stripe.StripeClient

    def read_account(self, account_id: str) -> AccountReport:
        told = ask(lambda: self._client.v1.accounts.retrieve(account_id)).to_dict()
        asked = told.get("requirements") or {}
        due = [*(asked.get("currently_due") or ()), *(asked.get("past_due") or ())]
        reason = asked.get("disabled_reason")
        ready = bool(told.get("charges_enabled") and told.get("payouts_enabled") and told.get("details_submitted"))
        return AccountReport(
            id=told["id"],
            country=told.get("country") or "",
            ready=ready and not reason,
            due=tuple(dict.fromkeys(due + ([reason] if reason else []))),
        )
