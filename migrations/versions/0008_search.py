"""Search: an index of words for each engine, and the vocabulary that puts typing mistakes right.

Revision 0008. These tables are the engine's own kind (FTS5, tsvector), so no model describes them: only
`shop/catalogue/search` knows them. They hold nothing that cannot be made again from the products.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(title, words, product_id UNINDEXED, prefix='2 3 4')",
    "CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE search_trigrams USING fts5(word, tokenize='trigram')",
)
POSTGRESQL = (
    "CREATE TABLE search_index (product_id BIGINT PRIMARY KEY, vector TSVECTOR NOT NULL)",
    "CREATE INDEX ix_search_index_vector ON search_index USING gin (vector)",
    "CREATE TABLE search_words (word TEXT PRIMARY KEY)",
)
# Made by whoever may make it: a trusted extension since PostgreSQL 13, but some hosts keep it from their customers.
TRIGRAMS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX ix_search_words_near ON search_words USING gist (word gist_trgm_ops);
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'pg_trgm may not be installed here: search forgives fewer typing mistakes';
END $$
"""


def upgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        op.execute(statement)
    if postgresql:
        op.execute(TRIGRAMS)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE search_trigrams")
    op.execute("DROP TABLE search_words")
    op.execute("DROP TABLE search_index")
