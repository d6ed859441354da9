"""A stand-in for Stripe: for development, demonstrations and tests, where no money moves.

A small WSGI program of its own, spoken to over HTTP by the official `stripe` library, so that a
store runs the same code against it as against Stripe. It keeps its state in one SQLite file,
answers in the shapes of API version 2026-10-28.endive, shows a hosted payment page and signs and
delivers webhooks. It imports nothing of the store, and nothing of the store imports it.

Words: a *world* is everything one running stand-in knows (settings, store, clock, faults, deliveries);
a *call* is one API request that passed its checks; an *object* is what Stripe calls an object: a JSON
body with `id`, `object` and `created`.

Start it with `python -m shop.stripe_standin --help`, or in a test with
`shop.stripe_standin.testing.running_standin`.
"""
