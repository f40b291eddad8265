"""The queue: what the events mean for a filtered list of leads.

Events hold no values, so whether a lead was in the list before is concluded from what happened to it and from what it
is now, and taken for possible wherever that is not certain. So a subscriber may be told of the removal of a lead it
never had, and is never left with one that is gone. Expiry is a matter of the clock and no event: clients know from
``expiresAt``.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.events import Event, EventKind
from domain.filters import LeadFilter
from domain.live import QueueChange, QueueEvent
from domain.records import Lead, LeadStatus, RecordKind, Tenant
from services.backend import Backend
from services.live.reading import Batch
from services.search_words import fold_query, search_words

_STATUS_BEFORE = {
    EventKind.LEAD_ACCEPTED: frozenset({LeadStatus.NEW}),
    EventKind.LEAD_REJECTED: frozenset({LeadStatus.NEW}),
    EventKind.LEAD_CONVERTED: frozenset({LeadStatus.ACCEPTED}),
    EventKind.LEAD_REOPENED: frozenset({LeadStatus.REJECTED, LeadStatus.EXPIRED}),
}
_LISTED = frozenset(LeadStatus) - {LeadStatus.EXPIRED}
_TAKING = {EventKind.LEAD_ACCEPTED, EventKind.ACCEPTANCE_HANDED_OVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLead:
    """A lead as a filter sees it now, and everything that is known to have happened to it on the way there.

    ``is_certain`` tells whether that is all, ``words`` are those that it is found by.
    """

    lead: Lead
    status: LeadStatus
    holder_id: int | None
    words: Sequence[str]
    events: Sequence[Event]
    is_certain: bool

    def has_changed(self, field: str) -> bool:
        """Whether a field was written on the way."""
        return any(field in each.fields for each in self.events)

    def has_met(self, *kinds: EventKind) -> bool:
        """Whether something of one of these kinds has happened on the way."""
        return any(each.kind in kinds for each in self.events)


class QueueTopic:
    """The leads that a filter lets through. ``search`` is what a user typed."""

    def __init__(self, backend: Backend, filter_: LeadFilter, search: str = "") -> None:
        self._backend = backend
        self._filter = replace(filter_, terms=(*filter_.terms, *fold_query(search)))

    async def begin(self, tenant: Tenant, position: int) -> QueueEvent:  # noqa: ARG002 (as topics are)
        """That everything after the position is told."""
        return QueueEvent(change=QueueChange.READY, position=position)

    async def pick(self, batch: Batch) -> list[QueueEvent]:
        """The changes of the queue."""
        return changes_of_queue(self._filter, batch, self._backend.now())

    async def pick_again(self, batch: Batch) -> list[QueueEvent]:
        """The same."""
        return await self.pick(batch)


def changes_of_queue(filter_: LeadFilter, batch: Batch, now: datetime) -> list[QueueEvent]:
    """What the events mean for the leads that the filter lets through."""
    about_leads = [each for each in batch.events if each.record_kind is RecordKind.LEAD]
    seen = _see(filter_, batch, about_leads, now)
    told = (_told(filter_, each, seen.get(each.record_id)) for each in about_leads)
    return [each for each in told if each is not None]


def _see(filter_: LeadFilter, batch: Batch, events: Sequence[Event], now: datetime) -> dict[int, SeenLead]:
    by_lead: dict[int, list[Event]] = defaultdict(list)
    for each in events:
        by_lead[each.record_id].append(each)
    country = batch.tenant.default_country
    return {
        id_: SeenLead(
            lead=lead,
            status=lead.status(now),
            holder_id=batch.holders.get(id_),
            words=search_words(lead, country) if filter_.terms else (),
            events=by_lead[id_],
            is_certain=not batch.has_more,
        )
        for id_, lead in batch.leads.items()
    }


def _told(filter_: LeadFilter, event: Event, seen: SeenLead | None) -> QueueEvent | None:
    if seen is None:
        gone = QueueChange.REMOVED
        return QueueEvent(change=gone, position=event.position, event=event, lead_id=event.record_id)
    is_in = is_let_through(filter_, seen)
    may_have_been = event.kind is not EventKind.LEAD_CREATED and _may_have_been_in(filter_, seen)
    if not is_in and not may_have_been:
        return None
    return QueueEvent(
        change=_change(event, is_in=is_in, may_have_been=may_have_been),
        position=event.position,
        event=event,
        lead_id=seen.lead.id,
        lead=seen.lead,
        taken_by_id=seen.holder_id,
        is_in_queue=is_in,
    )


def _change(event: Event, *, is_in: bool, may_have_been: bool) -> QueueChange:
    if event.kind in _TAKING:
        return QueueChange.TAKEN
    if not is_in:
        return QueueChange.REMOVED
    return QueueChange.CHANGED if may_have_been else QueueChange.ADDED


def is_let_through(filter_: LeadFilter, seen: SeenLead) -> bool:
    """Whether the filter lets a lead through, as the list of leads in ``db.leads`` has it."""
    return (
        seen.status in (filter_.statuses or _LISTED)
        and _has_type(filter_, seen)
        and _is_assigned(filter_, seen)
        and _has_words(filter_, seen)
    )


def _has_type(filter_: LeadFilter, seen: SeenLead) -> bool:
    return not filter_.type_ids or seen.lead.type_id in filter_.type_ids


def _is_assigned(filter_: LeadFilter, seen: SeenLead) -> bool:
    if filter_.assignee_id is None:
        return True
    is_suggested = seen.lead.accepted_by_id is None and seen.lead.assignee_suggestion_id == filter_.assignee_id
    return is_suggested or seen.holder_id == filter_.assignee_id


def _has_words(filter_: LeadFilter, seen: SeenLead) -> bool:
    return all(any(word.startswith(term) for word in seen.words) for term in filter_.terms)


def _may_have_been_in(filter_: LeadFilter, seen: SeenLead) -> bool:
    """Whether the filter may have let the lead through at some time on its way."""
    if not seen.is_certain:
        return True
    return (
        bool(_statuses_on_the_way(seen) & (filter_.statuses or _LISTED))
        and (_has_type(filter_, seen) or seen.has_changed("type_id"))
        and _may_have_been_assigned(filter_, seen)
        and (_has_words(filter_, seen) or seen.has_met(EventKind.LEAD_UPDATED))
    )


def _statuses_on_the_way(seen: SeenLead) -> set[LeadStatus]:
    """The statuses before each event; edits leave the status, unless they move the expiry, alone."""
    before = set().union(*(_STATUS_BEFORE.get(each.kind, ()) for each in seen.events))
    if not seen.has_met(*_STATUS_BEFORE):
        before.add(seen.status)
    if seen.has_changed("expires_at"):
        before |= {LeadStatus.NEW, LeadStatus.EXPIRED}
    return before


def _may_have_been_assigned(filter_: LeadFilter, seen: SeenLead) -> bool:
    if seen.has_met(EventKind.ACCEPTANCE_HANDED_OVER) or seen.has_changed("assignee_suggestion_id"):
        return True
    was_suggested = seen.has_met(EventKind.LEAD_ACCEPTED, EventKind.LEAD_REOPENED)
    return _is_assigned(filter_, seen) or (was_suggested and seen.lead.assignee_suggestion_id == filter_.assignee_id)
