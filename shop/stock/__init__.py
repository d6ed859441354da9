"""How many there are, and why: levels, movements, reservations.

Words: *on hand* is what lies on the shelf; *held* waits for a payment; *committed* is paid and not yet shipped;
*unavailable* is damaged or kept back; *available* is what is left of on hand after those three.
Invariants: available, held, committed and unavailable are never negative (CHECK); a level is the sum of its
movements; held and committed are the sums of the reservations in that state. Movements are the only writer of
on hand and unavailable, and are never changed.
"""
