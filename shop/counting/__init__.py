"""Stock-takes: a shelf is counted blind, by scanner or by hand, compared, and posted.

Words: a *count* is one stock-take; its *variance* is what was counted less what was on hand when it was counted. So
what is sold or arrives between counting and posting disturbs nothing: differences are posted, not totals.
"""
