"""Gifts that are given again every month, until their giver stops.

Words: a *monthly gift* is the standing will (how much, for what), Stripe's subscription keeps its time and its card; a
*month* is one paid invoice of it, which is a gift order like any other. A gift *lapses* when Stripe gives its card up.

What holds: a month is one order, whatever is told twice or late; what has ended never runs again; whoever's gift ends
is written to. Amounts here are what is wanted from now on; what was paid stands on the orders.
"""
