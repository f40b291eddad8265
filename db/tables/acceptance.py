"""Acceptances and the decisions staged on them."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, Table, UniqueConstraint

from db.tables.base import EnumText, Json, UtcDateTime, metadata, record_key, reference, tenant_key
from domain.acceptance import ContactPlacement, DecidedBy, StepKind
from domain.matches import Band

acceptances = Table(
    "acceptances",
    metadata,
    tenant_key(),
    record_key(),
    Column("lead_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("committed_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    reference("lead_id", "leads"),
    reference("user_id", "users"),
    UniqueConstraint("tenant_id", "lead_id"),
    Index(None, "tenant_id", "user_id", "committed_at", "id"),
)

decisions = Table(
    "decisions",
    metadata,
    tenant_key(),
    Column("acceptance_id", BigInteger, primary_key=True, autoincrement=False),
    Column("step", EnumText(StepKind), primary_key=True),
    Column("decided_by", EnumText(DecidedBy), nullable=False),
    Column("record_id", BigInteger),
    Column("record_version", Integer),
    Column("placement", EnumText(ContactPlacement)),
    Column("fields", Json, nullable=False),
    Column("seen", Json, nullable=False),
    Column("band", EnumText(Band)),
    Column("settings_version", Integer),
    Column("decided_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["tenant_id", "acceptance_id"], ["acceptances.tenant_id", "acceptances.id"]),
    sqlite_with_rowid=False,
)
