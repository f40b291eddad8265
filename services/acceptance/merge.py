"""What a record looks like after the decided fields were taken over. Pure."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from domain.acceptance import Acceptance
from domain.fields import DiffStatus, FieldDecision, FieldDiff, FieldValue, RecordField, Take
from domain.records import Account, Contact
from domain.values import EmailAddress, PhoneNumber

Record = TypeVar("Record", Account, Contact)
Entry = TypeVar("Entry", EmailAddress, PhoneNumber)


def digest(value: FieldValue | None) -> str:
    """A short digest of a field's value, equal for equal values only (for all practical purposes)."""
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def undecided(diffs: Iterable[FieldDiff], decisions: Iterable[FieldDecision]) -> tuple[FieldDiff, ...]:
    """The differences that a user still has to decide."""
    decided = {each.field for each in decisions}
    return tuple(each for each in diffs if each.needs_decision and each.field not in decided)


def outdated(record: Account | Contact, decisions: Iterable[FieldDecision]) -> tuple[str, ...]:
    """The names of the decided fields whose existing value is no longer the one that the decision was made on."""
    return tuple(
        each.field.value for each in decisions if each.basis and each.basis != digest(getattr(record, each.field.value))
    )


def without_values(acceptance: Acceptance) -> Acceptance:
    """The acceptance without users' own values and digests: once written, values are kept in the change rows alone."""
    account, contact = acceptance.account, acceptance.contact
    return replace(
        acceptance,
        account=None if account is None else replace(account, fields=tuple(map(_without_value, account.fields))),
        contact=None if contact is None else replace(contact, fields=tuple(map(_without_value, contact.fields))),
    )


def _without_value(decision: FieldDecision) -> FieldDecision:
    return replace(decision, value=None, basis="")


def merge(record: Record, diffs: Iterable[FieldDiff], decisions: Iterable[FieldDecision]) -> Record:
    """The record with the lead's values taken over: empty fields filled, the others as decided.

    A difference without a decision leaves the record's value as it is.
    """
    decided = {each.field: each for each in decisions}
    values: dict[str, Any] = {}
    by_field = {each.field: each for each in diffs}
    for field in {**by_field, **decided}:
        existing = getattr(record, field.value)
        diff = by_field.get(field) or _no_difference(field, existing)
        values[field.value] = _decided_value(existing, diff, decided.get(field))
    return replace(record, **values)


def _no_difference(field: RecordField, existing: FieldValue | None) -> FieldDiff:
    return FieldDiff(field=field, lead_value=None, existing_value=existing, status=DiffStatus.ONLY_EXISTING)


def _decided_value(existing: Any, diff: FieldDiff, decision: FieldDecision | None) -> Any:  # noqa: ANN401
    if decision is None:
        return _take_lead(existing, diff) if diff.status is DiffStatus.FILLS_EMPTY else existing
    if decision.take is None:
        return decision.value
    return _TAKES[decision.take](existing, diff, decision)


def _take_lead(existing: Any, diff: FieldDiff, _: FieldDecision | None = None) -> Any:  # noqa: ANN401
    if diff.lead_value is None or diff.status is DiffStatus.SAME:
        return existing
    if isinstance(existing, tuple) and isinstance(diff.lead_value, tuple):
        shown = diff.existing_value if isinstance(diff.existing_value, tuple) else ()
        return _replace_entries(existing, shown, diff.lead_value)
    return diff.lead_value


def _take_existing(existing: Any, _diff: FieldDiff, _decision: FieldDecision) -> Any:  # noqa: ANN401
    return existing


def _take_both(existing: Any, diff: FieldDiff, decision: FieldDecision) -> Any:  # noqa: ANN401
    if not isinstance(diff.lead_value, tuple):
        return existing
    return _add_entries(existing, diff.lead_value, is_lead_primary=decision.primary is Take.LEAD)


_TAKES: dict[Take, Callable[[Any, FieldDiff, FieldDecision], Any]] = {
    Take.LEAD: _take_lead,
    Take.EXISTING: _take_existing,
    Take.BOTH: _take_both,
}


def _with_primary(entries: tuple[Entry, ...], primary: Entry | None) -> tuple[Entry, ...]:
    """The entries with exactly one primary: ``primary``, or the first one."""
    place = entries.index(primary) if primary is not None and primary in entries else 0
    return tuple(replace(each, is_primary=index == place) for index, each in enumerate(entries))


def _replace_entries(
    existing: tuple[Entry, ...], shown: tuple[Entry, ...], new: tuple[Entry, ...]
) -> tuple[Entry, ...]:
    """The new entries in the place of the shown ones; the other existing ones stay."""
    place = next((index for index, each in enumerate(existing) if each in shown), len(existing))
    before = tuple(each for each in existing[:place] if each not in shown)
    after = tuple(each for each in existing[place:] if each not in shown)
    old_primary = next((each for each in existing if each.is_primary), None)
    new_primary = next((each for each in new if each.is_primary), new[0])
    primary = new_primary if old_primary is None or old_primary in shown else old_primary
    return _with_primary(before + new + after, primary)


def _add_entries(existing: tuple[Entry, ...], new: tuple[Entry, ...], *, is_lead_primary: bool) -> tuple[Entry, ...]:
    """The existing entries and behind them the new ones."""
    old_primary = next((each for each in existing if each.is_primary), None)
    new_primary = next((each for each in new if each.is_primary), new[0])
    return _with_primary(existing + new, new_primary if is_lead_primary else old_primary)
