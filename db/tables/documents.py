"""Documents that clients may run by their id. They belong to the installation, like the schema, and to no tenant."""

from sqlalchemy import Column, String, Table, Text

from db.tables.base import UtcDateTime, metadata

MAX_ID = 200
"""Characters of a document's id."""

trusted_documents = Table(
    "trusted_documents",
    metadata,
    Column("id", String(MAX_ID), primary_key=True),
    Column("text", Text, nullable=False),
    Column("registered_at", UtcDateTime, nullable=False),
)
