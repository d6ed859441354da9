"""What stands round every page and staff choose: both menus, the announcement above, and how pages look.

Words: a *part* is one of the four; the *look* is two accents and the face of headings; a *label* is said in each
language, in English where another is missing. Invariants: a part changes from a revision that was seen to the next;
links lead to our own pages or to https addresses; an accent that is kept can be read and seen (WCAG 1.4.3, 1.4.11).
"""
