"""The state of acceptances, for reading."""

from collections.abc import Sequence

from domain.acceptance import AcceptanceState
from domain.actors import Actor
from domain.records import Lead
from services.acceptance.plan import describe
from services.acceptance.situation import FindMatches, read_situations
from services.backend import Backend


async def states(
    backend: Backend, actor: Actor, leads: Sequence[Lead], find_matches: FindMatches | None = None
) -> list[AcceptanceState]:
    """The acceptance of each of these leads, stored or previewed; a constant number of statements.

    ``find_matches`` lets a caller share similarity look-ups it makes anyway.
    """
    return [describe(each) for each in await read_situations(backend, actor, leads, find_matches)]
