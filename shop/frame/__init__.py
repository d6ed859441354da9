"""What stands round every page and staff choose: the menus of header and footer, and the announcement above.

Words: a *part* is one of the three; a *label* is said in each language, in English where another is missing.
Invariants: a part changes from a revision that was seen to the next; links lead to our own pages or to https addresses.
"""
