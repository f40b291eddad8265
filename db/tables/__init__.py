"""The tables. They never leave ``db``: queries return domain values."""

from db.tables import acceptance, documents, learning, log, matching, records, reference
from db.tables.base import metadata

__all__ = ["acceptance", "documents", "learning", "log", "matching", "metadata", "records", "reference"]
