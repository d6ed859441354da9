"""News by mail, to those who asked twice.

Words: a *subscription* is one address, *pending* until its owner presses the button behind the mailed link, then
*confirmed*; it is removed when it ends. An *issue* is one letter of news, a *draft* until staff send it to everybody
who is confirmed in its language. Invariants: one subscription an address; no news to one that is not confirmed; an
issue goes once to each; an unconfirmed subscription is gone after `CONFIRM_WITHIN`.
"""
