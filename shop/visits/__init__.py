"""How many pages were opened on the way to an order: bare numbers for each day, and nothing about anybody.

Words: a *visit* is a page that was opened from outside the store (an address that was typed, a link elsewhere); a
*step* is one of `STEPS`. Invariants: a row is a day, a step and a number; nothing of a request is kept.
"""
