"""What the page of an order says of each state: heading, words, label; and of its shares."""

from __future__ import annotations

from collections.abc import Mapping

from shop.core.languages import lazy_gettext
from shop.web.view_models.parts import Status

Told = tuple[str, str, Status]  # heading, words, label
WAITING = lazy_gettext("Waiting for your payment")
AWAITED = Status(label=lazy_gettext("Awaiting payment"), tone="warning")
STATES: Mapping[str, Told] = {
    "awaiting_payment": (
        WAITING,
        lazy_gettext(
            "Your tees are held while the payment is under way. This page changes by itself when it has arrived."
        ),
        AWAITED,
    ),
    "paid": (
        lazy_gettext("Thank you"),
        lazy_gettext("Your order is paid. We pack it by hand and write to you when it leaves."),
        Status(label=lazy_gettext("Paid"), tone="success"),
    ),
    "fulfilled": (
        lazy_gettext("On its way"),
        lazy_gettext("Your parcel has left us."),
        Status(label=lazy_gettext("Sent"), tone="success"),
    ),
    "cancelled": (
        lazy_gettext("This order is cancelled"),
        lazy_gettext("Nothing more will happen with it."),
        Status(label=lazy_gettext("Cancelled")),
    ),
}
NEXT: Mapping[str, tuple[str, ...]] = {
    "awaiting_payment": (lazy_gettext("When the payment arrives you get a mail, and this page says so."),),
    "paid": (
        lazy_gettext("We pack your tees, mostly within two working days."),
        lazy_gettext("You get a mail when the parcel leaves."),
        lazy_gettext("What your order promised is in our books now and shows under Where the money goes."),
    ),
    "fulfilled": (lazy_gettext("Something wrong with it? Write to us, and we put it right."),),
    "cancelled": (lazy_gettext("Your tees are back on the shelf; you are welcome to order again."),),
}


_NOT_PAID = Status(label=lazy_gettext("Not paid"))
# By kind of order: a bank that moved the money for days, and then did not.
NEVER_ARRIVED: Mapping[str, Told] = {
    "sale": (
        lazy_gettext("Your payment did not arrive"),
        lazy_gettext("Your bank did not pay, so nothing was charged and the order is cancelled."),
        _NOT_PAID,
    ),
    "gift": (
        lazy_gettext("Your payment did not arrive"),
        lazy_gettext("Your bank did not pay, so nothing was charged and no gift was made."),
        _NOT_PAID,
    ),
}
PART_SENT = (
    lazy_gettext("Partly on its way"),
    lazy_gettext("A part of your order has left us. The rest follows in a parcel of its own."),
    Status(label=lazy_gettext("Sent in part"), tone="success"),
)
WITH_BANK = Status(label=lazy_gettext("With your bank"), tone="warning")
TAKEN_BACK = Status(label=lazy_gettext("Taken back by your bank"))
CONTESTED: Mapping[str, Told] = {
    "contested": (
        lazy_gettext("Your bank has a question"),
        lazy_gettext("Your bank asked for this payment back. Nothing leaves us until that is settled."),
        WITH_BANK,
    ),
    "lost": (
        lazy_gettext("Your bank took the payment back"),
        lazy_gettext("If that was a mistake, write to us."),
        TAKEN_BACK,
    ),
}
OF_SHARES: Mapping[str, Status] = {
    "unpaid": Status(label=lazy_gettext("Counts once paid")),
    "owed": Status(label=lazy_gettext("In our books, owed"), tone="calm"),
    "contested": WITH_BANK,
    "lost": TAKEN_BACK,
    "returned": Status(label=lazy_gettext("Given back")),
}
GIFT_STATES: Mapping[str, Told] = {
    "awaiting_payment": (
        WAITING,
        lazy_gettext("Your gift counts once the payment has arrived. This page says so then."),
        AWAITED,
    ),
    "paid": (
        lazy_gettext("Thank you"),
        lazy_gettext("Your gift has arrived, and all of it is held for where you sent it."),
        Status(label=lazy_gettext("Received"), tone="success"),
    ),
    "cancelled": (
        lazy_gettext("This gift did not come about"),
        lazy_gettext("Nothing more will happen with it."),
        Status(label=lazy_gettext("Cancelled")),
    ),
}
GIFT_NEXT: Mapping[str, tuple[str, ...]] = {
    "awaiting_payment": (lazy_gettext("When the payment arrives you get a mail, and this page says so."),),
    "paid": (
        lazy_gettext("Your gift is in our books now and shows under Where the money goes, without your name."),
        lazy_gettext("When the fund pays out, the books say so too."),
    ),
    "cancelled": (lazy_gettext("You are welcome to give again."),),
}
