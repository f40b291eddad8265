"""Checking the decisions about fields before they are staged."""

from collections.abc import Sequence
from dataclasses import replace

from domain.fields import AccountField, ContactField, FieldDecision, Take
from domain.problems import FieldFault, Refused
from domain.records import Account, Contact
from services.acceptance.merge import digest
from services.validation.reading import Reading
from services.validation.records import field_value

_LISTS = {"emails", "phones"}


def check_field_decisions(
    decisions: Sequence[FieldDecision],
    kind: type[AccountField] | type[ContactField],
    record: Account | Contact | None,
    reading: Reading,
    *,
    can_decide: bool = True,
) -> tuple[FieldDecision, ...]:
    """The decisions, own values checked, each with the digest of the value of ``record`` that it was made on.

    ``record`` is None for one that will be created: there only own values and the lead's can be taken. Raises
    ``Refused`` with every decision that cannot stand: not allowed here, twice for one field, neither or both of a side
    and an own value, BOTH for a field that is no list, a bad own value.
    """
    checked: list[FieldDecision] = []
    for index, each in enumerate(decisions):
        place = reading.at("fields", str(index))
        is_twice = each.field in {other.field for other in decisions[:index]}
        if not can_decide or not isinstance(each.field, kind):
            place.at("field").refuse(FieldFault.NOT_ALLOWED)
        elif is_twice:
            place.at("field").refuse(FieldFault.DUPLICATE)
        elif (each.take is None) == (each.value is None):
            place.refuse(FieldFault.TAKE_OR_VALUE)
        elif not _can_take(each, record):
            place.at("take").refuse(FieldFault.NOT_ALLOWED)
        else:
            checked.append(_with_basis(_with_own_value(each, place.at("value")), record))
    if reading.problems:
        raise Refused(*reading.problems)
    return tuple(checked)


def _with_own_value(decision: FieldDecision, reading: Reading) -> FieldDecision:
    if decision.value is None:
        return decision
    return replace(decision, value=field_value(decision.field, decision.value, reading))


def _can_take(decision: FieldDecision, record: Account | Contact | None) -> bool:
    if decision.take is Take.BOTH:
        return decision.field.value in _LISTS and record is not None
    return decision.take is not Take.EXISTING or record is not None


def _with_basis(decision: FieldDecision, record: Account | Contact | None) -> FieldDecision:
    if record is None:
        return decision
    return replace(decision, basis=digest(getattr(record, decision.field.value)))
