"""Finding products by words: one question, two engines.

Words: a *document* is all the words of one product in plain form (lower case, no accents); the *vocabulary* is every
word of every document, for putting typing mistakes right. SQLite keeps documents in FTS5 and the vocabulary's trigrams
beside it; PostgreSQL uses tsvector, and pg_trgm where it may. `words` is pure; `index` is what others call; `sqlite`
and `postgres` answer it, and their tables are made by the migrations and known to nobody else.
"""
