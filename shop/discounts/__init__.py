"""Discounts: what lowers the price of goods, by a code or by itself, and how often it was used.

Words: an *offer* is a percentage off, an amount off, free delivery, or some tees off when others are bought; it is
*automatic* or asks for a *code*; a *batch* is a set of codes made together, each for one use. A *use* belongs to an
order: it is *spent* when the order is placed and *returned* when the order lapses before it was paid.
Invariants: uses never pass their limit (I15); counters are the number of spent uses; gifts are never discounted; of
several offers on goods the best one counts alone, and free delivery goes with any of them.
"""
