"""Tenants, their users, and the lists their leads and cases refer to."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from db.tables.base import EnumText, Json, UtcDateTime, metadata, record_key, reference, tenant_key
from domain.values import Language

tenants = Table(
    "tenants",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("default_country", String(2), nullable=False),
    Column("language", EnumText(Language), nullable=False),
)

_tenant = ("tenant_id",), ("tenants.id",)

users = Table(
    "users",
    metadata,
    tenant_key(),
    record_key(),
    Column("name", String(200), nullable=False),
    Column("email", String(320), nullable=False),
    Column("language", EnumText(Language), nullable=False),
    Column("roles", Json, nullable=False),
    Column("is_active", Boolean, nullable=False),
    ForeignKeyConstraint(*_tenant),
    UniqueConstraint("tenant_id", "email"),
)

matching_settings = Table(
    "matching_settings",
    metadata,
    tenant_key(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("stored", Json, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(*_tenant),
)


def _coded_list(name: str) -> Table:
    """A tenant's list of named entries with a code each."""
    return Table(
        name,
        metadata,
        tenant_key(),
        record_key(),
        Column("code", String(64), nullable=False),
        Column("name", String(200), nullable=False),
        ForeignKeyConstraint(*_tenant),
        UniqueConstraint("tenant_id", "code"),
    )


lead_types = _coded_list("lead_types")
case_types = _coded_list("case_types")
reject_reasons = _coded_list("reject_reasons")

lead_type_case_types = Table(
    "lead_type_case_types",
    metadata,
    tenant_key(),
    Column("lead_type_id", record_key().type, primary_key=True, autoincrement=False),
    Column("case_type_id", record_key().type, primary_key=True, autoincrement=False),
    reference("lead_type_id", "lead_types"),
    reference("case_type_id", "case_types"),
    sqlite_with_rowid=False,
)

counters = Table(
    "counters",
    metadata,
    Column("tenant_id", SmallInteger, ForeignKey("tenants.id"), primary_key=True, autoincrement=False),
    Column("event_position", record_key().type, nullable=False),
    Column("case_number", record_key().type, nullable=False),
)
