"""Subscriptions, their invoices and the Billing Portal, as far as a gift every month needs them.

A month is billed when its moment comes, or when a test or the dashboard says that it has. A refused card is asked again
three days later, four times in all; then the subscription is cancelled (https://docs.stripe.com/billing/revenue-recovery).
"""
