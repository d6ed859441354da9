"""The books: a double-entry journal, posted by difference and chained by hash.

Words: a *posting* is a signed amount on an account (debit positive, credit negative); an *entry* is a set of
postings whose sum is zero in each currency; *settling* an order posts only the difference between what is posted for
it and what is true of it now, so a second hearing of the same news posts nothing.
Invariants: every entry balances; each entry's hash covers its content and the hash before it; rows never change.
"""
