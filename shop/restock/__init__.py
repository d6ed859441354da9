"""Who waits for a size that is sold out, and the unit that is kept for the next in line.

Words: a *request* is one address that asks for one variant: *asked* until its owner presses the button behind the
mailed link, then *waiting* in line; *told* while one unit is kept for them, which is their *claim*; *taken* when an
order has it, *lapsed* when the time of the claim, or the wish, is over. Invariants: an address waits once for a
variant; a claim is one held unit; it ends at `ends_at`; the address goes when the request ends. `CLAIM` is how long.
"""
