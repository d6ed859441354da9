"""Passing a story on: letters to a friend, and where visitors of a link came from, counted and never followed.

Words: a *friend's letter* is one mail of ours, asked for by a visitor, to an address that is forgotten as soon as it
was sent; an address that asked us to stop is *suppressed*, known by its hash alone; a *source* is a short word in a
link (`?src=may-flyer`) that a poster or a partner's page carries, the same for everybody who follows it.
Invariants: one friend's letter an address in `ONE_LETTER_PER`, none to a suppressed one; no address stands here in
clear after its letter left, or after `GIVEN_UP_AFTER`; only sources that staff named are kept with an order.
"""
