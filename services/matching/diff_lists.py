"""The difference of two lists: which entries of the lead the record lacks, and which of its own stand against them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.fields import DiffStatus, FieldDiff, RecordField, Take
from domain.values import EmailAddress, PhoneNumber
from services.matching.diff_forms import similarity

Entry = TypeVar("Entry", EmailAddress, PhoneNumber)


def diff_list(
    field: RecordField, entries: Sequence[Entry], existing: Sequence[Entry], form: Callable[[Entry], str]
) -> FieldDiff | None:
    """The difference of an e-mail or phone list; None if both are empty. ``form`` makes entries comparable.

    Against the new entries stands, for each kind of line among them, the record's first entry (the primary before
    others) that the lead does not have as well. BOTH is suggested: fresh details are kept, and none is lost.
    """
    known = {form(each) for each in existing}
    fresh = list({form(each): each for each in reversed(entries) if form(each) not in known}.values())[::-1]
    if not existing:
        return _fills_empty(field, fresh) if fresh else None
    if not fresh:
        return _nothing_new(field, existing, has_entries=bool(entries))
    confirmed = {form(each) for each in entries}
    shown = _shown_against(fresh, [each for each in existing if form(each) not in confirmed])
    return FieldDiff(
        field=field,
        lead_value=tuple(fresh),
        existing_value=tuple(shown) or None,
        status=DiffStatus.DIFFERENT if shown else DiffStatus.ADDS,
        similarity=max((similarity(_text(one), _text(other)) for one in fresh for other in shown), default=None),
        suggested=Take.BOTH,
    )


def _fills_empty(field: RecordField, fresh: Sequence[Entry]) -> FieldDiff:
    return FieldDiff(
        field=field,
        lead_value=tuple(fresh),
        existing_value=None,
        status=DiffStatus.FILLS_EMPTY,
        suggested=Take.LEAD,
    )


def _nothing_new(field: RecordField, existing: Sequence[Entry], *, has_entries: bool) -> FieldDiff:
    if has_entries:
        return FieldDiff(field=field, lead_value=None, existing_value=None, status=DiffStatus.SAME, similarity=1.0)
    return FieldDiff(field=field, lead_value=None, existing_value=tuple(existing), status=DiffStatus.ONLY_EXISTING)


def _shown_against(fresh: Sequence[Entry], unconfirmed: Sequence[Entry]) -> list[Entry]:
    kinds = {_kind(each) for each in fresh}
    shown: dict[str, Entry] = {}
    for each in sorted(unconfirmed, key=lambda entry: not entry.is_primary):
        if _kind(each) in kinds:
            shown.setdefault(_kind(each), each)
    return list(shown.values())


def _kind(entry: EmailAddress | PhoneNumber) -> str:
    return entry.kind.value if isinstance(entry, PhoneNumber) else "email"


def _text(entry: EmailAddress | PhoneNumber) -> str:
    return entry.number if isinstance(entry, PhoneNumber) else entry.address
