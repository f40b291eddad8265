"""Checking the decisions about fields before they are staged."""

from collections.abc import Sequence
from dataclasses import replace

from domain.fields import AccountField, ContactField, FieldDecision, RecordField, Take
from domain.problems import FieldFault, InvalidField, Path, Refused
from domain.records import Account, Contact
from services.acceptance.merge import digest

_LISTS = {"emails", "phones"}
_PATH: Path = ("input", "fields")


def check_field_decisions(
    decisions: Sequence[FieldDecision],
    kind: type[AccountField] | type[ContactField],
    record: Account | Contact | None,
    *,
    can_decide: bool = True,
) -> tuple[FieldDecision, ...]:
    """The decisions, each with the digest of the value of ``record`` that it was made on.

    ``record`` is None for one that will be created: there only own values and the lead's can be taken. Raises
    ``Refused`` with every decision that cannot stand: not allowed here, twice for one field, neither or both of a side
    and an own value, BOTH for a field that is no list.
    """
    problems: list[InvalidField] = []
    decided: set[RecordField] = set()
    for index, each in enumerate(decisions):
        path = (*_PATH, str(index))
        if not can_decide or not isinstance(each.field, kind):
            problems.append(InvalidField(path=(*path, "field"), fault=FieldFault.NOT_ALLOWED))
        elif each.field in decided:
            problems.append(InvalidField(path=(*path, "field"), fault=FieldFault.DUPLICATE))
        elif (each.take is None) == (each.value is None):
            problems.append(InvalidField(path=path, fault=FieldFault.TAKE_OR_VALUE))
        elif not _can_take(each, record):
            problems.append(InvalidField(path=(*path, "take"), fault=FieldFault.NOT_ALLOWED))
        decided.add(each.field)
    if problems:
        raise Refused(*problems)
    return tuple(_with_basis(each, record) for each in decisions)


def _can_take(decision: FieldDecision, record: Account | Contact | None) -> bool:
    if decision.take is Take.BOTH:
        return decision.field.value in _LISTS and record is not None
    return decision.take is not Take.EXISTING or record is not None


def _with_basis(decision: FieldDecision, record: Account | Contact | None) -> FieldDecision:
    if record is None:
        return decision
    return replace(decision, basis=digest(getattr(record, decision.field.value)))
