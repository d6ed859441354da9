"""What every room stands on: money, clock, database, columns, outbox, settings, codes, errors.

The core knows nothing of shops. Words: *minor units* are the smallest unit of a currency (cents, yen, fils);
a *promise* is a job written in the same transaction as its cause; a *write unit* is one `transaction()`.
"""
