"""What all tables share: the metadata, column types that behave alike on both databases, and the tenant's key."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, ForeignKeyConstraint, MetaData, SmallInteger, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, in UTC on both databases (SQLite stores none of the time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring the value to UTC before it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a naive datetime cannot be stored: {value!r}"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that what was stored is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class EnumText(TypeDecorator[Enum]):
    """An enum, stored as its value; new members need no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, enum: type[Enum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        """Store the member's value."""
        return None if value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        """Give the member back."""
        return None if value is None else self.enum(value)


def tenant_key() -> Column[int]:
    """The tenant's id, the first column of every primary key."""
    return Column("tenant_id", SmallInteger, primary_key=True, autoincrement=False)


def record_key() -> Column[int]:
    """A record's own id, made by the service."""
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def reference(column: str, target: str) -> ForeignKeyConstraint:
    """A foreign key to a record of the same tenant."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"])


def address_columns() -> list[Column[Any]]:
    """The parts of a postal address, in the order of ``domain.values.PostalAddress``."""
    parts = {"street": 200, "house_number": 40, "postcode": 20, "city": 120, "region": 120, "country": 2}
    return [Column(part, String(length)) for part, length in parts.items()]
