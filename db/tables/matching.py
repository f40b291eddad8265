"""What matching looks things up in: keys, documents, and how often keys and name tokens occur.

Rows carry the version of the normaliser that made them. They name no foreign keys: they are derived from the records,
written in the same transaction, and can be built again at any time.
"""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, SmallInteger, Table

from db.tables.base import metadata, record_key, tenant_key

match_keys = Table(
    "match_keys",
    metadata,
    tenant_key(),
    Column("version", SmallInteger, primary_key=True, autoincrement=False),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

match_withdrawn_keys = Table(
    "match_withdrawn_keys",
    metadata,
    tenant_key(),
    Column("version", SmallInteger, primary_key=True, autoincrement=False),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Keys that records have lost while the version was being built, which must not come back by what was read before."""

match_documents = Table(
    "match_documents",
    metadata,
    tenant_key(),
    Column("version", SmallInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("account_id", BigInteger, nullable=False),
    Column("record_version", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

match_frequencies = Table(
    "match_frequencies",
    metadata,
    tenant_key(),
    Column("version", SmallInteger, primary_key=True, autoincrement=False),
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

match_frequency_deltas = Table(
    "match_frequency_deltas",
    metadata,
    tenant_key(),
    record_key(),
    Column("version", SmallInteger, nullable=False),
    Column("accounts", Integer, nullable=False),
    Column("contacts", Integer, nullable=False),
    Column("added", LargeBinary, nullable=False),
    Column("removed", LargeBinary, nullable=False),
)

match_snapshots = Table(
    "match_snapshots",
    metadata,
    tenant_key(),
    Column("version", SmallInteger, primary_key=True, autoincrement=False),
    Column("snapshot", BigInteger, nullable=False),
    Column("accounts", BigInteger, nullable=False),
    Column("contacts", BigInteger, nullable=False),
    Column("is_complete", SmallInteger, nullable=False),
)
