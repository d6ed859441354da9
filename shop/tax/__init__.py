"""Tax on sales: who reckons it, at which rate, and what it comes to for each line.

Words: a *provider* reckons the tax: `table` is the store's own list of flat rates by country and region, `stripe` is
Stripe Tax, which adds it on its page once it knows the address; prices are *inclusive* when the tax is in them, and
otherwise it is added. Rates are basis points, each with the source it was taken from and the day that was looked up.
Invariants: a gift is never taxed; the tax of an order is the sum over its lines and its delivery.
"""
