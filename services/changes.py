"""What differs between two states of a record, field by field: the source of change rows and of planned changes."""

from dataclasses import fields
from operator import attrgetter

from domain.fields import FieldChange
from domain.records import Account, Case, Company, Contact, Lead, Person

AnyRecord = Lead | Account | Contact | Case

_UNCOUNTED = {"tenant_id", "id", "version"}
_NESTED: dict[str, type[Company] | type[Person]] = {"company": Company, "person": Person}
_EMPTY: tuple[object, ...] = (None, (), False)


def _names(kind: type[AnyRecord]) -> tuple[str, ...]:
    names: list[str] = []
    for each in fields(kind):
        if each.name in _NESTED:
            names += [f"{each.name}.{part.name}" for part in fields(_NESTED[each.name])]
        elif each.name not in _UNCOUNTED:
            names.append(each.name)
    return tuple(names)


_FIELDS = {kind: tuple((name, attrgetter(name)) for name in _names(kind)) for kind in (Lead, Account, Contact, Case)}


def changes_between(before: AnyRecord | None, after: AnyRecord) -> tuple[FieldChange, ...]:
    """Every field that differs, in the order of the dataclass; the details of a lead by dotted name (``company.name``).

    ``before`` is None for a new record: then every field that has a value. Ids and ``version`` are no fields.
    """
    if before is None:
        values = ((name, None, get(after)) for name, get in _FIELDS[type(after)])
        return tuple(FieldChange(field=name, old=old, new=new) for name, old, new in values if new not in _EMPTY)
    pairs = ((name, get(before), get(after)) for name, get in _FIELDS[type(after)])
    return tuple(FieldChange(field=name, old=old, new=new) for name, old, new in pairs if old != new)
