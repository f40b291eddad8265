"""Texts by field made comparable in the plain way that users of record linkage packages prepare them."""

import re
from collections.abc import Sequence

import pandas as pd

from bench.fields import Fields

FIELDS = (
    "name",
    "first_name",
    "last_name",
    "birth_date",
    "email",
    "phone",
    "vat_id",
    "website",
    "street",
    "house_number",
    "postcode",
    "city",
)
_PHONE_DIGITS = 8
"""The last digits of a number, which are the same with and without the codes of country and trunk."""
_NO_DIGIT = re.compile(r"\D")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/]*).*$")


def to_frame(records: Sequence[Fields]) -> pd.DataFrame:
    """A row per record, by place; lower case, the first phone's last digits, None for what is not known."""
    return pd.DataFrame([_plain(each) for each in records], columns=list(FIELDS), dtype=object)


def shared_fields(references: pd.DataFrame, queries: pd.DataFrame) -> list[str]:
    """The fields that both sides know of some records."""
    return [each for each in FIELDS if references[each].notna().any() and queries[each].notna().any()]


def _plain(fields: Fields) -> dict[str, str | None]:
    row: dict[str, str | None] = {name: fields[name].casefold().strip() or None for name in fields if name in FIELDS}
    for name in ("email", "phone"):
        if row.get(name):
            row[name] = _first(name, fields[name])
    if row.get("website"):
        row["website"] = _HOST.sub(r"\1", row["website"] or "")
    return row


def _first(name: str, text: str) -> str | None:
    if name == "email":
        return text.casefold().split(" ")[0]
    return _NO_DIGIT.sub("", text)[-_PHONE_DIGITS:] or None
