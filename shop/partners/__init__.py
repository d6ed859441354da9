"""What we know of our partners beyond their name: work, places, agreements, links, history.

The partner itself, its pledges and its money are the giving room's; here stands the *profile* beside it, its *history*
(append-only), and its *links*, each opened once a month by the worker and never by a visitor's request.
"""
