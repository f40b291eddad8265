"""The tables. They never leave ``db``: queries return domain values."""

from db.tables import acceptance, learning, log, matching, records, reference
from db.tables.base import metadata

__all__ = ["acceptance", "learning", "log", "matching", "metadata", "records", "reference"]
