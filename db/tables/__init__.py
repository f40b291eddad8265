"""The tables. They never leave ``db``: queries return domain values."""

from db.tables import acceptance, log, matching, records, reference
from db.tables.base import metadata

__all__ = ["acceptance", "log", "matching", "metadata", "records", "reference"]
