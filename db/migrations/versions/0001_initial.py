"""initial.

Revision 0001, after .
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the migration."""
    op.create_table(
        "changes",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_kind", sa.String(32), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("old", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("new", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_tenant_id_lead_id"), ["tenant_id", "lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_tenant_id_person_id"), ["tenant_id", "person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_changes_tenant_id_record_id_id"), ["tenant_id", "record_id", "id"], unique=False
        )

    op.create_table(
        "events",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("record_kind", sa.String(32), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("fields", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "position", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_events_tenant_id_lead_id_position"), ["tenant_id", "lead_id", "position"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_events_tenant_id_record_id_position"), ["tenant_id", "record_id", "position"], unique=False
        )

    op.create_table(
        "external_ids",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("system", sa.String(length=100), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "system", "value", name=op.f("pk_external_ids")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("external_ids", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_external_ids_tenant_id_record_id"), ["tenant_id", "record_id"], unique=False
        )

    op.create_table(
        "idempotency_records",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mutation", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("input_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", "mutation", "key", name=op.f("pk_idempotency_records")),
    )
    with op.batch_alter_table("idempotency_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_records_created_at"), ["created_at"], unique=False)

    op.create_table(
        "match_documents",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "version", "record_id", name=op.f("pk_match_documents")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_frequencies",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "version", "term", name=op.f("pk_match_frequencies")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_frequency_deltas",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("added", sa.LargeBinary(), nullable=False),
        sa.Column("removed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_match_frequency_deltas")),
    )
    op.create_table(
        "match_keys",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "version", "key", "account_id", "contact_id", name=op.f("pk_match_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_snapshots",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("snapshot", sa.BigInteger(), nullable=False),
        sa.Column("accounts", sa.BigInteger(), nullable=False),
        sa.Column("contacts", sa.BigInteger(), nullable=False),
        sa.Column("is_complete", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "version", name=op.f("pk_match_snapshots")),
    )
    op.create_table(
        "match_withdrawn_keys",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant_id", "version", "key", "account_id", "contact_id", name=op.f("pk_match_withdrawn_keys")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_terms",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "term", sa.String(length=40, collation="C").with_variant(sa.String(length=40), "sqlite"), nullable=False
        ),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "term", "record_id", name=op.f("pk_search_terms")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trusted_documents",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_documents")),
    )
    op.create_table(
        "tenants",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("default_country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
    )
    op.create_table(
        "case_types",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_case_types_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_types")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_case_types_tenant_id_code")),
    )
    op.create_table(
        "counters",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("event_position", sa.BigInteger(), nullable=False),
        sa.Column("case_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_counters_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_counters")),
    )
    op.create_table(
        "lead_types",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_lead_types_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_lead_types")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_lead_types_tenant_id_code")),
    )
    op.create_table(
        "matching_settings",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stored", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_matching_settings_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "version", name=op.f("pk_matching_settings")),
    )
    op.create_table(
        "reject_reasons",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_reject_reasons_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reject_reasons")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_reject_reasons_tenant_id_code")),
    )
    op.create_table(
        "users",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(32), nullable=False),
        sa.Column("roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_users_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_users")),
        sa.UniqueConstraint("tenant_id", "email", name=op.f("uq_users_tenant_id_email")),
    )
    op.create_table(
        "accounts",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "sort_name",
            sa.String(length=300, collation="C").with_variant(sa.String(length=300), "sqlite"),
            nullable=False,
        ),
        sa.Column("vat_id", sa.String(length=40), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("emails", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("phones", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("house_number", sa.String(length=40), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=120), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("is_private_customers", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_id"], ["users.tenant_id", "users.id"], name=op.f("fk_accounts_tenant_id_owner_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_accounts")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accounts_tenant_id_sort_name_id"), ["tenant_id", "sort_name", "id"], unique=False
        )
        batch_op.create_index(
            "uq_accounts_private_customers",
            ["tenant_id"],
            unique=True,
            sqlite_where=sa.text("is_private_customers"),
            postgresql_where=sa.text("is_private_customers"),
        )

    op.create_table(
        "lead_type_case_types",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_type_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_type_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_type_id"],
            ["case_types.tenant_id", "case_types.id"],
            name=op.f("fk_lead_type_case_types_tenant_id_case_type_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lead_type_id"],
            ["lead_types.tenant_id", "lead_types.id"],
            name=op.f("fk_lead_type_case_types_tenant_id_lead_type_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "lead_type_id", "case_type_id", name=op.f("pk_lead_type_case_types")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contacts",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("salutation", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=True),
        sa.Column("first_name", sa.String(length=200), nullable=True),
        sa.Column("last_name", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=400, collation="C").with_variant(sa.String(length=400), "sqlite"),
            nullable=False,
        ),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("emails", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("phones", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("house_number", sa.String(length=40), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=120), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["accounts.tenant_id", "accounts.id"],
            name=op.f("fk_contacts_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_id"], ["users.tenant_id", "users.id"], name=op.f("fk_contacts_tenant_id_owner_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contacts_tenant_id_account_id_sort_name_id"),
            ["tenant_id", "account_id", "sort_name", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_contacts_tenant_id_sort_name_id"), ["tenant_id", "sort_name", "id"], unique=False
        )

    op.create_table(
        "cases",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("type_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["accounts.tenant_id", "accounts.id"],
            name=op.f("fk_cases_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignee_id"], ["users.tenant_id", "users.id"], name=op.f("fk_cases_tenant_id_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contact_id"],
            ["contacts.tenant_id", "contacts.id"],
            name=op.f("fk_cases_tenant_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "type_id"], ["case_types.tenant_id", "case_types.id"], name=op.f("fk_cases_tenant_id_type_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_cases")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_cases_tenant_id_number")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cases_tenant_id_account_id_id"), ["tenant_id", "account_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cases_tenant_id_assignee_id_id"), ["tenant_id", "assignee_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cases_tenant_id_contact_id_id"), ["tenant_id", "contact_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cases_tenant_id_status_id"), ["tenant_id", "status", "id"], unique=False)

    op.create_table(
        "leads",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subject", sa.String(length=500), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("interest", sa.String(length=1000), nullable=True),
        sa.Column("assignee_suggestion_id", sa.BigInteger(), nullable=True),
        sa.Column("company_name", sa.String(length=300), nullable=True),
        sa.Column("legal_form", sa.String(length=80), nullable=True),
        sa.Column("vat_id", sa.String(length=40), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("salutation", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=True),
        sa.Column("first_name", sa.String(length=200), nullable=True),
        sa.Column("last_name", sa.String(length=200), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("emails", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("phones", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("house_number", sa.String(length=40), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=120), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("accepted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejected_by_id", sa.BigInteger(), nullable=True),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reject_reason_id", sa.BigInteger(), nullable=True),
        sa.Column("reject_comment", sa.Text(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "accepted_by_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_leads_tenant_id_accepted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["accounts.tenant_id", "accounts.id"],
            name=op.f("fk_leads_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignee_suggestion_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_leads_tenant_id_assignee_suggestion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"], ["cases.tenant_id", "cases.id"], name=op.f("fk_leads_tenant_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contact_id"],
            ["contacts.tenant_id", "contacts.id"],
            name=op.f("fk_leads_tenant_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reject_reason_id"],
            ["reject_reasons.tenant_id", "reject_reasons.id"],
            name=op.f("fk_leads_tenant_id_reject_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "rejected_by_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_leads_tenant_id_rejected_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "type_id"], ["lead_types.tenant_id", "lead_types.id"], name=op.f("fk_leads_tenant_id_type_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_leads")),
        sa.UniqueConstraint("tenant_id", "source", "external_id", name=op.f("uq_leads_tenant_id_source_external_id")),
    )
    with op.batch_alter_table("leads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leads_tenant_id_case_id_id"), ["tenant_id", "case_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_leads_tenant_id_received_at_id"), ["tenant_id", "received_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_leads_tenant_id_status_received_at_id"),
            ["tenant_id", "status", "received_at", "id"],
            unique=False,
        )

    op.create_table(
        "acceptances",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lead_id"], ["leads.tenant_id", "leads.id"], name=op.f("fk_acceptances_tenant_id_lead_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_acceptances_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_acceptances")),
        sa.UniqueConstraint("tenant_id", "lead_id", name=op.f("uq_acceptances_tenant_id_lead_id")),
    )
    with op.batch_alter_table("acceptances", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acceptances_tenant_id_user_id_committed_at_id"),
            ["tenant_id", "user_id", "committed_at", "id"],
            unique=False,
        )

    op.create_table(
        "match_dismissals",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_fingerprint", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_kind", sa.String(32), nullable=False),
        sa.Column("record_fingerprint", sa.BigInteger(), nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lead_id"],
            ["leads.tenant_id", "leads.id"],
            name=op.f("fk_match_dismissals_tenant_id_lead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_match_dismissals_tenant_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "lead_fingerprint", "record_id", name=op.f("pk_match_dismissals")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("match_dismissals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_dismissals_tenant_id_lead_id"), ["tenant_id", "lead_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_match_dismissals_tenant_id_record_id"), ["tenant_id", "record_id"], unique=False
        )

    op.create_table(
        "match_labels",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=False),
        sa.Column("record_kind", sa.String(32), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("is_match", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("band", sa.String(32), nullable=True),
        sa.Column("evidence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("snapshot", sa.BigInteger(), nullable=False),
        sa.Column("normaliser", sa.SmallInteger(), nullable=False),
        sa.Column("settings", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lead_id"], ["leads.tenant_id", "leads.id"], name=op.f("fk_match_labels_tenant_id_lead_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_match_labels_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_match_labels")),
    )
    with op.batch_alter_table("match_labels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_labels_tenant_id_lead_id"), ["tenant_id", "lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_match_labels_tenant_id_record_id"), ["tenant_id", "record_id"], unique=False
        )

    op.create_table(
        "decisions",
        sa.Column("tenant_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("acceptance_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String(32), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=True),
        sa.Column("record_version", sa.Integer(), nullable=True),
        sa.Column("placement", sa.String(32), nullable=True),
        sa.Column("fields", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("seen", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("band", sa.String(32), nullable=True),
        sa.Column("settings_version", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "acceptance_id"],
            ["acceptances.tenant_id", "acceptances.id"],
            name=op.f("fk_decisions_tenant_id_acceptance_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "acceptance_id", "step", name=op.f("pk_decisions")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the migration back."""
    op.drop_table("decisions")
    with op.batch_alter_table("match_labels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_labels_tenant_id_record_id"))
        batch_op.drop_index(batch_op.f("ix_match_labels_tenant_id_lead_id"))

    op.drop_table("match_labels")
    with op.batch_alter_table("match_dismissals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_dismissals_tenant_id_record_id"))
        batch_op.drop_index(batch_op.f("ix_match_dismissals_tenant_id_lead_id"))

    op.drop_table("match_dismissals")
    with op.batch_alter_table("acceptances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acceptances_tenant_id_user_id_committed_at_id"))

    op.drop_table("acceptances")
    with op.batch_alter_table("leads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leads_tenant_id_status_received_at_id"))
        batch_op.drop_index(batch_op.f("ix_leads_tenant_id_received_at_id"))
        batch_op.drop_index(batch_op.f("ix_leads_tenant_id_case_id_id"))

    op.drop_table("leads")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_tenant_id_status_id"))
        batch_op.drop_index(batch_op.f("ix_cases_tenant_id_contact_id_id"))
        batch_op.drop_index(batch_op.f("ix_cases_tenant_id_assignee_id_id"))
        batch_op.drop_index(batch_op.f("ix_cases_tenant_id_account_id_id"))

    op.drop_table("cases")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_tenant_id_sort_name_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_tenant_id_account_id_sort_name_id"))

    op.drop_table("contacts")
    op.drop_table("lead_type_case_types")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_accounts_private_customers",
            sqlite_where=sa.text("is_private_customers"),
            postgresql_where=sa.text("is_private_customers"),
        )
        batch_op.drop_index(batch_op.f("ix_accounts_tenant_id_sort_name_id"))

    op.drop_table("accounts")
    op.drop_table("users")
    op.drop_table("reject_reasons")
    op.drop_table("matching_settings")
    op.drop_table("lead_types")
    op.drop_table("counters")
    op.drop_table("case_types")
    op.drop_table("tenants")
    op.drop_table("trusted_documents")
    op.drop_table("search_terms")
    op.drop_table("match_withdrawn_keys")
    op.drop_table("match_snapshots")
    op.drop_table("match_keys")
    op.drop_table("match_frequency_deltas")
    op.drop_table("match_frequencies")
    op.drop_table("match_documents")
    with op.batch_alter_table("idempotency_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_records_created_at"))

    op.drop_table("idempotency_records")
    with op.batch_alter_table("external_ids", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_external_ids_tenant_id_record_id"))

    op.drop_table("external_ids")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_tenant_id_record_id_position"))
        batch_op.drop_index(batch_op.f("ix_events_tenant_id_lead_id_position"))

    op.drop_table("events")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_changes_tenant_id_record_id_id"))
        batch_op.drop_index(batch_op.f("ix_changes_tenant_id_person_id"))
        batch_op.drop_index(batch_op.f("ix_changes_tenant_id_lead_id"))

    op.drop_table("changes")
