"""How Stripe is asked: never inside a transaction, and what goes wrong in the store's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import stripe

from shop.core.database import assert_no_transaction
from shop.core.languages import lazy_gettext
from shop.payments.gateway import ProcessorBusy, ProcessorDown, ProcessorRefused

CONFLICT = 409
BUSY = lazy_gettext("Your payment page is being opened in another window. Please try again in a moment.")
DOWN = lazy_gettext("Our payment processor does not answer just now. Please try again in a minute.")
Answer = TypeVar("Answer")


def ask(call: Callable[[], Answer]) -> Answer:
    """The answer; raises ProcessorDown, ProcessorBusy or ProcessorRefused."""
    assert_no_transaction()
    try:
        return call()
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        raise ProcessorRefused(str(error.user_message or error), code=str(error.code or "refused")) from error
    except stripe.StripeError as error:
        if error.http_status == CONFLICT:
            raise ProcessorBusy(BUSY) from error
        if isinstance(error, stripe.IdempotencyError):
            raise ProcessorRefused(str(error.user_message or error), code=str(error.code or "idempotency")) from error
        raise ProcessorDown(DOWN) from error
