"""What happened: change rows (erasable by person), events (ids and field names only), and answers kept for retries."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from db.tables.base import EnumText, Json, UtcDateTime, metadata, record_key, tenant_key
from domain.events import EventKind
from domain.records import RecordKind

changes = Table(
    "changes",
    metadata,
    tenant_key(),
    record_key(),
    Column("record_kind", EnumText(RecordKind), nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("field", String(64), nullable=False),
    Column("old", Json),
    Column("new", Json),
    Column("lead_id", BigInteger),
    Column("person_id", BigInteger),
    Column("user_id", BigInteger),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "tenant_id", "record_id", "id"),
    Index(None, "tenant_id", "person_id"),
    Index(None, "tenant_id", "lead_id"),
)

events = Table(
    "events",
    metadata,
    tenant_key(),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", EnumText(EventKind), nullable=False),
    Column("record_kind", EnumText(RecordKind), nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("lead_id", BigInteger),
    Column("user_id", BigInteger),
    Column("fields", Json, nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Index(None, "tenant_id", "lead_id", "position"),
    Index(None, "tenant_id", "record_id", "position"),
)

idempotency_records = Table(
    "idempotency_records",
    metadata,
    tenant_key(),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mutation", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("input_hash", LargeBinary(32), nullable=False),
    Column("result", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "created_at"),
)
