"""Rows without their bad values: for operators who would rather have a lead without its birth date than no lead."""

from collections.abc import Iterable, Mapping, Sequence

from domain.problems import Path, Problem
from domain.records import RecordKind
from services.importing.mapping import Values

_NEEDED = frozenset({"externalId", "accountExternalId", "accountId", "source", "type", "name"})
"""Fields that say which record it is, or what of; a row without them would be another one."""
_PHONES = ("phone", "mobile", "fax")
"""The lists that make up the phone numbers, in their order."""
_LEAD_COMPANY: Mapping[str, str] = {
    "name": "companyName",
    "legalForm": "legalForm",
    "vatId": "vatId",
    "website": "website",
}


def leave_out(kind: RecordKind, values: Values, problems: Iterable[Problem]) -> Values | None:
    """The values without those that are at fault; None if one of them is needed, or it is the whole that is wrong."""
    kept = {name: list(texts) for name, texts in values.items()}
    places = {_place(kind, values, problem.path) for problem in problems}
    for name, index in sorted(places, key=lambda place: (place[0], -place[1])):
        if name in _NEEDED or index >= len(kept.get(name, ())):
            return None
        del kept[name][index]
    return {name: tuple(texts) for name, texts in kept.items() if texts}


def _place(kind: RecordKind, values: Values, path: Path) -> tuple[str, int]:
    """The field and the number of its entry that a problem is about; an unknown field if it is about none."""
    head, *rest = path or ("",)
    if head in {"emails", "phones"}:
        return _entry(values, ("email",) if head == "emails" else _PHONES, rest)
    if head == "company":
        return _company_field(kind, rest), 0
    return (rest[0] if head in {"address", "person"} and rest else head), 0


def _entry(values: Values, lists: Sequence[str], rest: Sequence[str]) -> tuple[str, int]:
    if not rest:
        return "", 0
    index = int(rest[0])
    for name in lists:
        count = len(values.get(name, ()))
        if index < count:
            return name, index
        index -= count
    return "", 0


def _company_field(kind: RecordKind, rest: Sequence[str]) -> str:
    name = rest[-1] if rest else ""
    return _LEAD_COMPANY.get(name, "") if kind is RecordKind.LEAD else f"company{name[:1].upper()}{name[1:]}"
