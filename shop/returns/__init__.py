"""What buyers want to send back or call off, and what became of it; and what they were told of a delay.

Words: a *request* asks staff to take units back; a *withdrawal* is the statement by which a consumer in the European
Union ends a contract, which needs nobody's leave. Both wait (*asked*), are *approved* or *refused* (a request only),
and end as *refunded* when the money is decided. What was said is never changed.
"""
