"""What users said about pairs of a lead and a record: the ones they dismissed, and labels for measuring the matching.

Ids, fingerprints, scores and codes; no value of anybody. Everything about a person goes by its lead or its record.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, SmallInteger, Table

from db.tables.base import EnumText, Json, UtcDateTime, metadata, record_key, reference, tenant_key
from domain.labels import LabelDecision
from domain.matches import Band
from domain.records import RecordKind

dismissals = Table(
    "match_dismissals",
    metadata,
    tenant_key(),
    Column("lead_fingerprint", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("record_kind", EnumText(RecordKind), nullable=False),
    Column("record_fingerprint", BigInteger, nullable=False),
    Column("lead_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("dismissed_at", UtcDateTime, nullable=False),
    reference("lead_id", "leads"),
    reference("user_id", "users"),
    Index(None, "tenant_id", "record_id"),
    Index(None, "tenant_id", "lead_id"),
    sqlite_with_rowid=False,
)

labels = Table(
    "match_labels",
    metadata,
    tenant_key(),
    record_key(),
    Column("lead_id", BigInteger, nullable=False),
    Column("record_kind", EnumText(RecordKind), nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("record_version", Integer, nullable=False),
    Column("decision", EnumText(LabelDecision), nullable=False),
    Column("is_match", Boolean, nullable=False),
    Column("rank", SmallInteger),
    Column("score", Float),
    Column("band", EnumText(Band)),
    Column("evidence", Json, nullable=False),
    Column("snapshot", BigInteger, nullable=False),
    Column("normaliser", SmallInteger, nullable=False),
    Column("settings", Integer, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    reference("lead_id", "leads"),
    reference("user_id", "users"),
    Index(None, "tenant_id", "lead_id"),
    Index(None, "tenant_id", "record_id"),
)
