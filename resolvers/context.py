"""What the resolvers of one operation share."""

from asyncio import Future, isfuture
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

import strawberry

from domain.acceptance import AcceptanceState
from domain.actors import Actor
from domain.dismissals import Dismissal
from domain.matches import LeadMatches
from domain.records import Lead, Tenant
from domain.values import Language
from resolvers.loaders import Loaders
from services.acceptance.states import states
from services.backend import Backend
from services.candidates import match_leads
from services.dismissals import dismissed_of_leads
from services.live.topics import Watch

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R")
LookUp = Callable[[Backend, int, Sequence[K]], Awaitable[Sequence[V]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """Who asks, what answers, and the loaders; one for each operation. It holds no session."""

    backend: Backend
    actor: Actor
    tenant: Tenant
    now: datetime
    loaders: Loaders = field(default_factory=Loaders)
    expires_at: datetime | None = None
    """When the token that says who asks ends."""
    watches: list[Watch] = field(default_factory=list)
    """What a subscription asks to be told of."""

    @property
    def tenant_id(self) -> int:
        """The tenant everything is read for."""
        return self.actor.tenant_id

    @property
    def language(self) -> Language:
        """The language of messages."""
        return self.actor.language

    def load(self, look_up: LookUp[K, V], key: K) -> Awaitable[V]:
        """What ``look_up`` finds for the key, read together with all other keys of this turn."""
        return self.loaders.load(look_up, partial(look_up, self.backend, self.tenant_id), key)

    def load_if(self, look_up: LookUp[int, V], key: int | None) -> Awaitable[V] | None:
        """As ``load``; None for no key."""
        return None if key is None else self.load(look_up, key)

    def load_matches(self, lead: Lead) -> Awaitable[LeadMatches]:
        """What the lead may belong to, looked up together for all leads and both kinds of record."""
        return self.loaders.load(match_leads, partial(match_leads, self.backend, self.tenant), lead)

    def load_dismissed(self, lead: Lead) -> Awaitable[tuple[Dismissal, ...]]:
        """The pairs of the lead that are dismissed now, read together for all leads."""
        return self.loaders.load(dismissed_of_leads, partial(dismissed_of_leads, self.backend, self.tenant), lead)

    def load_state(self, lead: Lead) -> Awaitable[AcceptanceState]:
        """The lead's acceptance; its similarity look-up is the one of ``load_matches``."""
        return self.loaders.load(states, self._read_states, lead)

    async def _read_states(self, leads: Sequence[Lead]) -> list[AcceptanceState]:
        return await states(self.backend, self.actor, leads, self._find_matches)

    async def _find_matches(self, leads: Sequence[Lead]) -> list[LeadMatches]:
        futures = [self.load_matches(each) for each in leads]
        return [await each for each in futures]


Info = strawberry.Info[RequestContext, None]


def then(loading: Awaitable[V], make: Callable[[V], R]) -> Awaitable[R]:
    """What ``make`` makes of a loaded value. The loading has been asked for already, so nothing is read alone.

    Of a future it makes a future: a task for each would cost several times as much.
    """
    if not isfuture(loading):
        return _make_later(loading, make)
    made: Future[R] = loading.get_loop().create_future()
    loading.add_done_callback(partial(_make, made, make))
    return made


async def _make_later(loading: Awaitable[V], make: Callable[[V], R]) -> R:
    return make(await loading)


def _make(made: Future[R], make: Callable[[V], R], loaded: Future[V]) -> None:
    if made.done():
        return
    if loaded.cancelled():
        made.cancel()
        return
    try:
        made.set_result(make(loaded.result()))
    except Exception as error:  # noqa: BLE001
        made.set_exception(error)
