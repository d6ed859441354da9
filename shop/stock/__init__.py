"""How many there are, and why: levels, movements, reservations.

Words: *on hand* is what lies on the shelf; *held* waits for a payment; *committed* is paid and not yet shipped;
*unavailable* is damaged, on quality hold or safety stock; *available* is what is left of on hand after those three.
Invariants: available, held, committed and unavailable are never negative (CHECK); a level is the sum of its
movements; committed is the sum of the reservations in that state, held of those that are held and of the units kept
for people who waited. Movements are the only writer of on hand and unavailable, and are never changed. A *change* is
what one person moved together for one reason; it is undone by another change, once, and never taken out.
"""
