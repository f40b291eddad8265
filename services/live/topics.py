"""What can be watched. A topic picks, out of what happened in a tenant, what its subscribers are told."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.events import Event
from domain.live import AcceptanceEvent, LiveEvent
from domain.records import Tenant
from services import lookups
from services.backend import Backend
from services.live.reading import Batch, is_about_lead


class Topic(Protocol):
    """What some subscribers watch together."""

    async def begin(self, tenant: Tenant, position: int) -> LiveEvent:
        """How things stand at the position, or later: the first thing that a subscriber is told."""

    async def pick(self, batch: Batch) -> Sequence[LiveEvent]:
        """What subscribers are told of the events; batches come one after another."""

    async def pick_again(self, batch: Batch) -> Sequence[LiveEvent]:
        """The same for somebody who was away, without regard to what was told to others."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a subscription asks for: a topic, from now on or from everything after a position.

    It is what the resolver of a subscription returns. GraphQL wants a stream of events there; this one is empty, since
    whoever asked for the watch has the events told by the feed.
    """

    topic: Topic
    after: int | None

    async def __aiter__(self) -> AsyncIterator[LiveEvent]:
        """Nothing."""
        nothing: tuple[LiveEvent, ...] = ()
        for each in nothing:
            yield each


class AcceptanceTopic:
    """One lead and its acceptance: whatever happens to either, including what is dismissed and restored for it."""

    def __init__(self, backend: Backend, lead_id: int) -> None:
        self._backend = backend
        self._lead_id = lead_id

    async def begin(self, tenant: Tenant, position: int) -> AcceptanceEvent:
        """The lead as it is."""
        (lead,) = await lookups.leads_by_id(self._backend, tenant.id, [self._lead_id])
        return AcceptanceEvent(position=position, event=None, lead=lead)

    async def pick(self, batch: Batch) -> list[AcceptanceEvent]:
        """One for each event about the lead."""
        lead = batch.leads.get(self._lead_id)
        mine = (each for each in batch.events if self._is_mine(each))
        return [AcceptanceEvent(position=each.position, event=each, lead=lead) for each in mine]

    async def pick_again(self, batch: Batch) -> list[AcceptanceEvent]:
        """The same."""
        return await self.pick(batch)

    def _is_mine(self, event: Event) -> bool:
        return event.lead_id == self._lead_id and is_about_lead(event)
