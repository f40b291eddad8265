"""Global ids: opaque to clients, stable, and telling the kind, such as ``lead_3fq2kx7a``.

The part after the underscore is the record's 64-bit id in base 32 (RFC 4648's digits in lower case, without padding).
"""

from typing import TypeVar

from strawberry import ID

from domain import records

Node = (
    records.Lead
    | records.Account
    | records.Contact
    | records.Case
    | records.User
    | records.LeadType
    | records.CaseType
    | records.RejectReason
    | records.Tenant
)
N = TypeVar(
    "N",
    records.Lead,
    records.Account,
    records.Contact,
    records.Case,
    records.User,
    records.LeadType,
    records.CaseType,
    records.RejectReason,
    records.Tenant,
)

_PREFIXES: dict[type[Node], str] = {
    records.Lead: "lead",
    records.Account: "account",
    records.Contact: "contact",
    records.Case: "case",
    records.User: "user",
    records.LeadType: "leadtype",
    records.CaseType: "casetype",
    records.RejectReason: "rejectreason",
    records.Tenant: "matchingsettings",
}
_KINDS = {prefix: kind for kind, prefix in _PREFIXES.items()}
_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_MAX_DIGITS = 13
_MAX_ID = 2**63 - 1


def encode(kind: type[Node], id_: int) -> ID:
    """The global id of a record."""
    digits = ""
    rest = id_
    while rest or not digits:
        rest, value = divmod(rest, len(_DIGITS))
        digits = _DIGITS[value] + digits
    return ID(f"{_PREFIXES[kind]}_{digits}")


def decode(global_id: str) -> tuple[type[Node], int] | None:
    """The kind and id of a record; None for what is no global id. Each record has exactly one."""
    prefix, _, digits = global_id.partition("_")
    kind = _KINDS.get(prefix)
    if kind is None or not 0 < len(digits) <= _MAX_DIGITS or (len(digits) > 1 and digits[0] == _DIGITS[0]):
        return None
    id_ = 0
    for digit in digits:
        value = _VALUES.get(digit)
        if value is None:
            return None
        id_ = id_ * len(_DIGITS) + value
    return (kind, id_) if id_ <= _MAX_ID else None


def decode_as(kind: type[Node], global_id: str) -> int | None:
    """The id of a record of this kind; None for anything else."""
    decoded = decode(global_id)
    return decoded[1] if decoded is not None and decoded[0] is kind else None
