"""Who speaks: the store's name, its operator, its currency and its choices about gifts. One row.

Words: the *operator* is who sells and answers for the store; a *demo* is a store in which nothing is real yet, and
which says so on every page. Invariant: every amount of the brand is in the brand's currency.
"""
