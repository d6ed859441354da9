"""Orders: what somebody asked for, at the price they saw, and everything that happened to it since.

Words: an order is *awaiting_payment*, *paid*, *fulfilled* or *cancelled*, nothing else; refunded, shipped in part
and on hold are read from other rows. *Lines* are snapshots: name, SKU, price and pledge as they were.
A *gift* is an order without goods: somebody gives money and nothing is sent.
A *difference* is an order by which a dearer size of a sale's line is paid; it has no lines of its own.
Invariants: total = goods - discount + delivery + tax + gift + fee cover; a cart has at most one order awaiting payment;
numbers and tokens are unique; events are never changed.
"""
