"""The cart: what a visitor put aside, kept in a signed cookie, and the sums that follow from it.

Words: a *cart* holds lines (variant, quantity, the price seen) and a gift choice; it has an id, which an order keeps.
The cookie is the truth of what is wanted; prices and stock are always read afresh, and a difference is told.
Invariants: at most `MOST_LINES` lines and `MOST_OF_ONE` units a line; a gift is never chosen for the visitor.
"""
