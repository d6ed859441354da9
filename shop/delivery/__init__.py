"""Where we send to and what it costs.

Words: a *zone* is a set of countries with one price; countries are ISO 3166 alpha-2 codes; the *home country* is the
first country of the first zone; delivery is free from `free_from` of goods upwards, where that is set.
Invariant: every country belongs to one zone at most.
"""
