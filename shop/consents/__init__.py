"""What people allowed and took back: a log that is only added to; and how long what they told us is kept.

Words: an *entry* says that somebody (`subject`, a hash: of an address, or of a browser's random name) asked for, gave
or withdrew consent to a *purpose*, and under which words. Invariant: nothing is changed or removed; who erases an
address elsewhere leaves the proof here, which names nobody.
"""
