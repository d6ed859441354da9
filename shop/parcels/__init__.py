"""Parcels: how an order gets from the shelf to its buyer.

Words: units are *packed* into a parcel, which is *sent* with a carrier, or *opened* again before that. An order *on
hold* is not packed or sent until it is released. A *place* is where on the shelf a variant lies. The *sender* is what
labels say: a name, an address, and a plain name for parcels that should not tell what they are.
Invariants: a parcel is packed, then sent or opened, never back; an order has at most one hold that is not released.
"""
