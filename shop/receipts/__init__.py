"""Receipts for gifts: numbered per series and year without a gap, true to what was kept, voided and never changed.

Words: a receipt is *issued* or *void*; a void one names why, and the one issued in its place follows it in its order.
Invariants: numbers of a series and year run from 1 without a gap; an order has one issued receipt at most; what a
receipt says is kept with it as it was said.
"""
