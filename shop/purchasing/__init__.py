"""What was ordered from suppliers and what of it arrived: deliveries.

Words: a *delivery* is an order of ours to a supplier; *incoming* is what of it is still to come; a *short* one is
closed with less, an *over* one brought more. Damaged units are counted in what was received.
Invariant: what a line received is what its movements in the stock room say.
"""
