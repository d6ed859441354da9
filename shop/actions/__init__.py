"""Are you with us? What a campaign asks people to do, and those who said that they will.

Words: an *appeal* is what one campaign asks for, in a sentence that begins with "I"; a *signature* is one address
under it, *pending* until its owner presses the button behind the mailed link, then *confirmed*; staff make a false one
*invalidated*, with a reason. Nobody's name is asked for, and nothing of a signature is ever public but the counts.
Invariants: one signature for each address and appeal, whoever signs twice or at once; the counts are counted, never
kept; an unconfirmed signature is gone after `CONFIRM_WITHIN`, the network it came from after `NETWORK_KEPT_FOR`.
"""
