"""Money on its way in and out through Stripe: sessions, payments, refunds, fees, and the inbox of its events.

Words: a *checkout session* is Stripe's hosted page for one order; a *payment* is money captured; an *event* is
what Stripe tells us, kept by its id so that hearing it twice changes nothing.
Invariants: one payment per order and per payment intent; refunds that count never exceed the payment.
"""
