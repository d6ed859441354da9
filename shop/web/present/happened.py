"""What happened to an order, for buyers who are spoken to in another language than the one it was written down in."""

from __future__ import annotations

from collections.abc import Mapping

from shop.core.languages import lazy_gettext

OF_BANKS: Mapping[str, str] = {
    "disputed": lazy_gettext("Your bank asked for this payment back."),
    "dispute_won": lazy_gettext("Your bank decided that the payment stands."),
    "dispute_lost": lazy_gettext("Your bank took the payment back."),
    "dispute_warning_closed": lazy_gettext("Your bank’s question about this payment is settled."),
    "dispute_prevented": lazy_gettext("Your bank’s question about this payment is settled."),
}
# By the kind of the event; those that are none of the buyer's page are left out.
HAPPENED: Mapping[str, str] = {
    **OF_BANKS,
    "placed": lazy_gettext("The order was placed."),
    "paid": lazy_gettext("The payment arrived."),
    "processing": lazy_gettext("The bank is still moving the money."),
    "late": lazy_gettext("The payment came late; everything was still there."),
    "too_late": lazy_gettext("The payment came too late. All of it is given back."),
    "no_fund": lazy_gettext("The fund takes no gifts any more. All of it is given back."),
    "swapped": lazy_gettext("Another size takes the place of what was ordered."),
    "difference_asked": lazy_gettext("You were asked to pay what another size costs more."),
    "difference_paid": lazy_gettext("You paid for another size."),
    "difference_lapsed": lazy_gettext("Your order stays in the size that was ordered."),
    "sent": lazy_gettext("It was packed and has left."),
    "sent_part": lazy_gettext("A part of it has left."),
    "delayed": lazy_gettext("It leaves later than we said."),
    "cancelled": lazy_gettext("It was cancelled."),
    "called_off": lazy_gettext("You called it off before it was packed."),
    "withdrawal": lazy_gettext("You withdrew from the contract."),
    "return_asked": lazy_gettext("You asked to send part of it back."),
    "return_approved": lazy_gettext("We agreed to the return."),
    "return_refused": lazy_gettext("We did not agree to the return, and wrote why."),
    "receipt": lazy_gettext("A receipt was issued."),
    "receipt_void": lazy_gettext("A receipt became void."),
    "refund_promised": lazy_gettext("Money is being given back."),
    "refund_pending": lazy_gettext("The refund waits for the bank."),
    "refund_made": lazy_gettext("The money is on its way back."),
    "refund_failed": lazy_gettext("The refund did not go through. We are looking at it."),
    "refund_again": lazy_gettext("The refund is tried once more."),
    "refund_paid_otherwise": lazy_gettext("The money was paid back in another way."),
}
