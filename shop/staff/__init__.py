"""The people behind the counter: who they are, how they sign in, and what they did.

Words: a *member* signs in by password and, once set up, by a second factor (TOTP or a recovery code); a *sign-in*
is a server-side session that can be ended; the *audit log* says who changed what.
Invariants: secrets are kept only as hashes, except the TOTP seed, which must be read to be checked; the audit log is
chained by hash and never changed.
"""
