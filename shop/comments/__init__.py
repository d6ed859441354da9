"""Comments under a story: off until staff open them, and none is shown that nobody has read.

Words: a story's *board* says whether it takes comments and whether their number is shown; a comment *waits* until staff
*show* or *refuse* it, and what was shown can be refused later. One that sounds as if its writer were in distress is
*heavy*: staff are written to at once, and its writer is shown the helplines. Invariants: nothing is shown without a
decision and who made it; a comment is text and nothing in it is a link; its writer can take it back and nothing stays.
"""
