"""The house: every table of the first store, and the triggers that keep its ledgers append-only.

Revision 0001, the first. One function a table, called in the order that foreign keys ask for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MINOR = sa.BigInteger()
WHEN = sa.DateTime(timezone=True)
LEDGERS = ("audit_entries", "journal_entries", "order_events", "postings", "stock_movements")


def upgrade() -> None:
    for create in TABLES:
        create()
    for table in LEDGERS:
        for statement in create_triggers(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for create in reversed(TABLES):
        op.drop_table(create.__name__.removeprefix("_"))
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _audit_entries() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("happened_at", WHEN, nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit_entries"),
    )


def _audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one")),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _brand() -> None:
    op.create_table(
        "brand",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("tagline", sa.String(length=200), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("operator", sa.String(length=200), nullable=False),
        sa.Column("registration", sa.String(length=200), nullable=True),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("gift_presets", sa.JSON(), nullable=False),
        sa.Column("gift_minimum_minor", MINOR, nullable=False),
        sa.Column("gift_maximum_minor", MINOR, nullable=False),
        sa.Column("round_up_steps", sa.JSON(), nullable=False),
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("demo_notice", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "0 < gift_minimum_minor AND gift_minimum_minor <= gift_maximum_minor", name=op.f("ck_brand_gift_bounds")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_brand_one")),
        sa.PrimaryKeyConstraint("id", name="pk_brand"),
    )


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("artwork", sa.String(length=40), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_at", WHEN, nullable=True),
        sa.Column("updated_at", WHEN, nullable=False),
        sa.CheckConstraint("status IN ('draft', 'published', 'archived')", name=op.f("ck_campaigns_status")),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.UniqueConstraint("slug", name="uq_campaigns_slug"),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=200), nullable=False),
        sa.Column("claimant", sa.String(length=200), nullable=False),
        sa.Column("self_reported", sa.Boolean(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=False),
        sa.Column("source_date_precision", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("next_review", sa.Date(), nullable=False),
        sa.Column("staff_notes", sa.Text(), nullable=False),
        sa.CheckConstraint("source_date_precision IN ('day', 'month')", name=op.f("ck_claims_precision")),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("key", name="uq_claims_key"),
    )


def _delivery_zones() -> None:
    op.create_table(
        "delivery_zones",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("price_minor", MINOR, nullable=False),
        sa.Column("free_from_minor", MINOR, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("estimate", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("free_from_minor > 0", name=op.f("ck_delivery_zones_free_from")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_delivery_zones_price")),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_zones"),
    )


def _funds() -> None:
    op.create_table(
        "funds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "route IN ('own_fund', 'merchant_pledge', 'connected_account', 'link_out')", name=op.f("ck_funds_route")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_funds"),
        sa.UniqueConstraint("slug", name="uq_funds_slug"),
    )


def _helplines() -> None:
    op.create_table(
        "helplines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("serves", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=40), nullable=True),
        sa.Column("tty", sa.String(length=40), nullable=True),
        sa.Column("chat_url", sa.Text(), nullable=True),
        sa.Column("report_url", sa.Text(), nullable=True),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("last_checked", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_helplines"),
        sa.UniqueConstraint("country", "name", name="uq_helplines_country_name"),
        sa.UniqueConstraint("key", name="uq_helplines_key"),
    )


def _journal_head() -> None:
    op.create_table(
        "journal_head",
        sa.Column("id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_one")),
        sa.PrimaryKeyConstraint("id", name="pk_journal_head"),
    )


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("cart_id", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("goods_minor", MINOR, nullable=False),
        sa.Column("discount_minor", MINOR, nullable=False),
        sa.Column("delivery_minor", MINOR, nullable=False),
        sa.Column("tax_minor", MINOR, nullable=False),
        sa.Column("gift_minor", MINOR, nullable=False),
        sa.Column("total_minor", MINOR, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("delivery_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("ship_to", sa.JSON(), nullable=True),
        sa.Column("pay_by", WHEN, nullable=False),
        sa.Column("placed_at", WHEN, nullable=False),
        sa.Column("paid_at", WHEN, nullable=True),
        sa.Column("fulfilled_at", WHEN, nullable=True),
        sa.Column("cancelled_at", WHEN, nullable=True),
        sa.Column("cancel_reason", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(paid_at IS NOT NULL) OR state NOT IN ('paid', 'fulfilled')", name=op.f("ck_orders_paid_when")
        ),
        sa.CheckConstraint(
            "state IN ('awaiting_payment', 'paid', 'fulfilled', 'cancelled')", name=op.f("ck_orders_state")
        ),
        sa.CheckConstraint(
            "goods_minor >= 0 AND discount_minor >= 0 AND delivery_minor >= 0 AND tax_minor >= 0 AND gift_minor >= 0",
            name=op.f("ck_orders_parts"),
        ),
        sa.CheckConstraint(
            "total_minor = goods_minor - discount_minor + delivery_minor + tax_minor + gift_minor",
            name=op.f("ck_orders_total"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("number", name="uq_orders_number"),
        sa.UniqueConstraint("token", name="uq_orders_token"),
    )
    _orders_indexes()


def _orders_indexes() -> None:
    op.create_index("ix_orders_board", "orders", ["state", "placed_at"], unique=False)
    op.create_index("ix_orders_cart", "orders", ["cart_id"], unique=False)
    op.create_index("ix_orders_email", "orders", ["email"], unique=False)
    op.create_index(
        "uq_orders_open_cart",
        "orders",
        ["cart_id"],
        unique=True,
        sqlite_where=sa.text("state = 'awaiting_payment'"),
        postgresql_where=sa.text("state = 'awaiting_payment'"),
    )


def _outbox_jobs() -> None:
    op.create_table(
        "outbox_jobs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_at", WHEN, nullable=False),
        sa.Column("lease", sa.String(length=40), nullable=True),
        sa.Column("leased_until", WHEN, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("finished_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_jobs"),
        sa.UniqueConstraint("kind", "key", name="uq_outbox_jobs_kind_key"),
    )
    op.create_index(
        "ix_outbox_jobs_due",
        "outbox_jobs",
        ["run_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.UniqueConstraint("slug", name="uq_pages_slug"),
    )


def _partners() -> None:
    op.create_table(
        "partners",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("legal_name", sa.String(length=200), nullable=True),
        sa.Column("former_names", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("founded", sa.Integer(), nullable=True),
        sa.Column("registry_name", sa.String(length=200), nullable=True),
        sa.Column("registry_number", sa.String(length=40), nullable=True),
        sa.Column("blurb", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("staff_notes", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("status IN ('active', 'unverified', 'paused', 'ended')", name=op.f("ck_partners_status")),
        sa.PrimaryKeyConstraint("id", name="pk_partners"),
        sa.UniqueConstraint("slug", name="uq_partners_slug"),
    )


def _products() -> None:
    op.create_table(
        "products",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("garment", sa.String(length=40), nullable=False),
        sa.Column("artwork", sa.String(length=40), nullable=False),
        sa.Column("artwork_credit", sa.String(length=200), nullable=False),
        sa.Column("fabric", sa.String(length=200), nullable=False),
        sa.Column("weight_gsm", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("print_method", sa.String(length=200), nullable=False),
        sa.Column("care", sa.Text(), nullable=False),
        sa.Column("fit_note", sa.Text(), nullable=False),
        sa.Column("supplier_states", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("price_from_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("published_at", WHEN, nullable=True),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("updated_at", WHEN, nullable=False),
        sa.CheckConstraint("status IN ('draft', 'published', 'retired')", name=op.f("ck_products_status")),
        sa.CheckConstraint("price_from_minor > 0", name=op.f("ck_products_price_from")),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("slug", name="uq_products_slug"),
    )
    op.create_index("ix_products_shelf", "products", ["status", "position", "id"], unique=False)


def _size_charts() -> None:
    op.create_table(
        "size_charts",
        sa.Column("garment", sa.String(length=40), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("how_to_measure", sa.JSON(), nullable=False),
        sa.Column("tolerance_note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("garment", name="pk_size_charts"),
    )


def _staff_members() -> None:
    op.create_table(
        "staff_members",
        sa.Column("id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_on_at", WHEN, nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("added_at", WHEN, nullable=False),
        sa.Column("disabled_at", WHEN, nullable=True),
        sa.CheckConstraint(
            "role IN ('owner', 'manager', 'fulfilment', 'read_only')", name=op.f("ck_staff_members_role")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff_members"),
        sa.UniqueConstraint("email", name="uq_staff_members_email"),
        sa.UniqueConstraint("name", name="uq_staff_members_name"),
    )


def _staff_throttles() -> None:
    op.create_table(
        "staff_throttles",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", WHEN, nullable=False),
        sa.Column("free_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_staff_throttles"),
    )


def _stripe_events() -> None:
    op.create_table(
        "stripe_events",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("object_id", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("received_at", WHEN, nullable=False),
        sa.Column("handled_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_stripe_events"),
    )
    op.create_index("ix_stripe_events_object_id", "stripe_events", ["object_id"], unique=False)


def _campaign_partners() -> None:
    op.create_table(
        "campaign_partners",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("partner_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_campaign_partners_campaign_id_campaigns"),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_campaign_partners_partner_id_partners"),
        sa.PrimaryKeyConstraint("campaign_id", "partner_id", name="pk_campaign_partners"),
    )
    op.create_index("ix_campaign_partners_partner_id", "campaign_partners", ["partner_id"], unique=False)


def _campaign_products() -> None:
    op.create_table(
        "campaign_products",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_campaign_products_campaign_id_campaigns"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_campaign_products_product_id_products"),
        sa.PrimaryKeyConstraint("campaign_id", "product_id", name="pk_campaign_products"),
    )
    op.create_index("ix_campaign_products_product_id", "campaign_products", ["product_id"], unique=False)


def _checkout_sessions() -> None:
    op.create_table(
        "checkout_sessions",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.CheckConstraint("state IN ('open', 'complete', 'expired')", name=op.f("ck_checkout_sessions_state")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_checkout_sessions_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_checkout_sessions"),
        sa.UniqueConstraint("order_id", name="uq_checkout_sessions_order_id"),
    )
    op.create_index(
        "ix_checkout_sessions_open",
        "checkout_sessions",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _delivery_countries() -> None:
    op.create_table(
        "delivery_countries",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("zone_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["delivery_zones.id"], name="fk_delivery_countries_zone_id_delivery_zones"
        ),
        sa.PrimaryKeyConstraint("country", name="pk_delivery_countries"),
    )
    op.create_index("ix_delivery_countries_zone_id", "delivery_countries", ["zone_id"], unique=False)


def _gifts() -> None:
    op.create_table(
        "gifts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("fund_id", KEY, nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("given_at", WHEN, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_gifts_amount")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_gifts_fund_id_funds"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_gifts_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_gifts"),
        sa.UniqueConstraint("order_id", name="uq_gifts_order_id"),
    )


def _journal_entries() -> None:
    op.create_table(
        "journal_entries",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.Column("memo", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("posted_at", WHEN, nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_journal_entries_order_id_orders"),
        sa.PrimaryKeyConstraint("position", name="pk_journal_entries"),
    )
    op.create_index("ix_journal_entries_order_id", "journal_entries", ["order_id"], unique=False)


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("written_at", WHEN, nullable=False),
        sa.Column("sent_at", WHEN, nullable=True),
        sa.CheckConstraint("state IN ('written', 'sent')", name=op.f("ck_letters_state")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_letters_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("kind", "key", name="uq_letters_kind_key"),
        sa.UniqueConstraint("message_id", name="uq_letters_message_id"),
    )
    op.create_index("ix_letters_order_id", "letters", ["order_id"], unique=False)
    op.create_index("ix_letters_recipient", "letters", ["recipient", "written_at"], unique=False)


def _order_events() -> None:
    op.create_table(
        "order_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("happened_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_events_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_order_events"),
    )
    op.create_index("ix_order_events_order_id", "order_events", ["order_id"], unique=False)


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("intent_id", sa.String(length=120), nullable=False),
        sa.Column("charge_id", sa.String(length=120), nullable=True),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("fee_minor", MINOR, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("captured_at", WHEN, nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_payments_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.UniqueConstraint("intent_id", name="uq_payments_intent_id"),
        sa.UniqueConstraint("order_id", name="uq_payments_order_id"),
    )


def _pledges() -> None:
    op.create_table(
        "pledges",
        sa.Column("id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("partner_id", KEY, nullable=False),
        sa.Column("per_unit_minor", sa.Integer(), nullable=True),
        sa.Column("basis_points", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_at", WHEN, nullable=False),
        sa.Column("ends_at", WHEN, nullable=True),
        sa.Column("cap_minor", MINOR, nullable=True),
        sa.Column("pledged_minor", MINOR, nullable=False),
        sa.CheckConstraint("(per_unit_minor IS NULL) <> (basis_points IS NULL)", name=op.f("ck_pledges_one_base")),
        sa.CheckConstraint("basis_points > 0 AND basis_points <= 10000", name=op.f("ck_pledges_basis_points")),
        sa.CheckConstraint("cap_minor IS NULL OR pledged_minor <= cap_minor", name=op.f("ck_pledges_cap")),
        sa.CheckConstraint("per_unit_minor > 0", name=op.f("ck_pledges_per_unit")),
        sa.CheckConstraint("pledged_minor >= 0", name=op.f("ck_pledges_pledged")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_pledges_partner_id_partners"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_pledges_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_pledges"),
    )
    op.create_index("ix_pledges_product", "pledges", ["product_id", "starts_at"], unique=False)


def _product_colours() -> None:
    op.create_table(
        "product_colours",
        sa.Column("id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("cloth", sa.String(length=7), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_product_colours_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_product_colours"),
        sa.UniqueConstraint("product_id", "slug", name="uq_product_colours_product_id_slug"),
    )


def _related_campaigns() -> None:
    op.create_table(
        "related_campaigns",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("related_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("campaign_id <> related_id", name=op.f("ck_related_campaigns_another")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_related_campaigns_campaign_id_campaigns"),
        sa.ForeignKeyConstraint(["related_id"], ["campaigns.id"], name="fk_related_campaigns_related_id_campaigns"),
        sa.PrimaryKeyConstraint("campaign_id", "related_id", name="pk_related_campaigns"),
    )
    op.create_index("ix_related_campaigns_related_id", "related_campaigns", ["related_id"], unique=False)


def _staff_recovery_codes() -> None:
    op.create_table(
        "staff_recovery_codes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", WHEN, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["staff_members.id"], name="fk_staff_recovery_codes_member_id_staff_members"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff_recovery_codes"),
        sa.UniqueConstraint("code_hash", name="uq_staff_recovery_codes_code_hash"),
    )
    op.create_index("ix_staff_recovery_codes_member_id", "staff_recovery_codes", ["member_id"], unique=False)


def _staff_sign_ins() -> None:
    op.create_table(
        "staff_sign_ins",
        sa.Column("id", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("browser", sa.String(length=40), nullable=False),
        sa.Column("began_at", WHEN, nullable=False),
        sa.Column("seen_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["staff_members.id"], name="fk_staff_sign_ins_member_id_staff_members"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_sign_ins"),
        sa.UniqueConstraint("token_hash", name="uq_staff_sign_ins_token_hash"),
    )
    op.create_index("ix_staff_sign_ins_member_id", "staff_sign_ins", ["member_id"], unique=False)


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("entry_position", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=80), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_postings_amount")),
        sa.ForeignKeyConstraint(
            ["entry_position"], ["journal_entries.position"], name="fk_postings_entry_position_journal_entries"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_postings"),
    )
    op.create_index("ix_postings_account", "postings", ["account", "party"], unique=False)
    op.create_index("ix_postings_entry_position", "postings", ["entry_position"], unique=False)


def _refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("payment_id", KEY, nullable=False),
        sa.Column("stripe_id", sa.String(length=120), nullable=True),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("goods_minor", MINOR, nullable=False),
        sa.Column("discount_minor", MINOR, nullable=False),
        sa.Column("delivery_minor", MINOR, nullable=False),
        sa.Column("tax_minor", MINOR, nullable=False),
        sa.Column("gift_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("promised_at", WHEN, nullable=False),
        sa.Column("made_at", WHEN, nullable=True),
        sa.CheckConstraint("state IN ('promised', 'made', 'failed')", name=op.f("ck_refunds_state")),
        sa.CheckConstraint(
            "amount_minor = goods_minor - discount_minor + delivery_minor + tax_minor + gift_minor",
            name=op.f("ck_refunds_parts"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_refunds_order_id_orders"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_refunds_payment_id_payments"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.UniqueConstraint("stripe_id", name="uq_refunds_stripe_id"),
    )
    op.create_index("ix_refunds_order_id", "refunds", ["order_id"], unique=False)
    op.create_index("ix_refunds_payment_id", "refunds", ["payment_id"], unique=False)


def _variants() -> None:
    op.create_table(
        "variants",
        sa.Column("id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("colour_id", KEY, nullable=False),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=12), nullable=False),
        sa.Column("size_position", sa.Integer(), nullable=False),
        sa.Column("price_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("weight_grams", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price_minor > 0", name=op.f("ck_variants_price")),
        sa.CheckConstraint("weight_grams > 0", name=op.f("ck_variants_weight")),
        sa.ForeignKeyConstraint(["colour_id"], ["product_colours.id"], name="fk_variants_colour_id_product_colours"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_variants_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_variants"),
        sa.UniqueConstraint("product_id", "colour_id", "size", name="uq_variants_product_id_colour_id_size"),
        sa.UniqueConstraint("sku", name="uq_variants_sku"),
    )
    op.create_index("ix_variants_colour_id", "variants", ["colour_id"], unique=False)


def _order_lines() -> None:
    op.create_table(
        "order_lines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=12), nullable=False),
        sa.Column("unit_price_minor", MINOR, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("total_minor", MINOR, nullable=False),
        sa.Column("pledge_id", KEY, nullable=True),
        sa.Column("partner_id", KEY, nullable=True),
        sa.Column("partner_slug", sa.String(length=80), nullable=False),
        sa.Column("pledge_minor", MINOR, nullable=False),
        sa.Column("pledge_sentence", sa.Text(), nullable=False),
        sa.CheckConstraint("pledge_minor >= 0", name=op.f("ck_order_lines_pledge")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_lines_quantity")),
        sa.CheckConstraint("total_minor = unit_price_minor * quantity", name=op.f("ck_order_lines_total")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_lines_order_id_orders"),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_order_lines_partner_id_partners"),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name="fk_order_lines_pledge_id_pledges"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_order_lines_product_id_products"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_order_lines_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_order_lines"),
    )
    op.create_index("ix_order_lines_order_id", "order_lines", ["order_id"], unique=False)


def _stock_levels() -> None:
    op.create_table(
        "stock_levels",
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("unavailable", sa.Integer(), nullable=False),
        sa.CheckConstraint("held >= 0 AND committed >= 0 AND unavailable >= 0", name=op.f("ck_stock_levels_parts")),
        sa.CheckConstraint("on_hand - held - committed - unavailable >= 0", name=op.f("ck_stock_levels_available")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_stock_levels_product_id_products"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_stock_levels_variant_id_variants"),
        sa.PrimaryKeyConstraint("variant_id", name="pk_stock_levels"),
    )
    op.create_index("ix_stock_levels_product_id", "stock_levels", ["product_id"], unique=False)


def _stock_movements() -> None:
    op.create_table(
        "stock_movements",
        sa.Column("id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on_hand_change", sa.Integer(), nullable=False),
        sa.Column("unavailable_change", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.Column("moved_at", WHEN, nullable=False),
        sa.CheckConstraint(
            "kind IN ('received', 'adjusted', 'sold', 'returned', 'damaged', 'counted', 'transferred')",
            name=op.f("ck_stock_movements_kind"),
        ),
        sa.CheckConstraint("on_hand_change <> 0 OR unavailable_change <> 0", name=op.f("ck_stock_movements_moves")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_stock_movements_order_id_orders"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_stock_movements_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_movements"),
    )
    op.create_index("ix_stock_movements_history", "stock_movements", ["variant_id", "id"], unique=False)


def _stock_reservations() -> None:
    op.create_table(
        "stock_reservations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'committed', 'shipped', 'released')", name=op.f("ck_stock_reservations_state")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_reservations_quantity")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_stock_reservations_order_id_orders"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_stock_reservations_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_reservations"),
        sa.UniqueConstraint("order_id", "variant_id", name="uq_stock_reservations_order_id_variant_id"),
    )
    op.create_index("ix_stock_reservations_variant", "stock_reservations", ["variant_id", "state"], unique=False)


TABLES = (
    _audit_entries,
    _audit_head,
    _brand,
    _campaigns,
    _claims,
    _delivery_zones,
    _funds,
    _helplines,
    _journal_head,
    _orders,
    _outbox_jobs,
    _pages,
    _partners,
    _products,
    _size_charts,
    _staff_members,
    _staff_throttles,
    _stripe_events,
    _campaign_partners,
    _campaign_products,
    _checkout_sessions,
    _delivery_countries,
    _gifts,
    _journal_entries,
    _letters,
    _order_events,
    _payments,
    _pledges,
    _product_colours,
    _related_campaigns,
    _staff_recovery_codes,
    _staff_sign_ins,
    _postings,
    _refunds,
    _variants,
    _order_lines,
    _stock_levels,
    _stock_movements,
    _stock_reservations,
)
