"""An operation that takes too long is stopped; what it was writing is written whole or not at all."""

import itertools

from sqlalchemy import select

from db.tables.log import events
from db.tables.matching import match_documents
from db.tables.records import accounts
from schema.http.negotiation import GRAPHQL
from tests.support.api import open_api
from tests.support.world import World

CREATE = """mutation Create($name: String!) {
    createAccount(input: { account: { name: $name } }) { account { name } errors { __typename } }
}"""


async def test_slow_operations_are_stopped(world: World) -> None:
    """They are answered with a code: by 503 to a client that knows the GraphQL media type, by 200 to others."""
    async with open_api(world, operation_seconds=1e-6) as api:
        new = await api.send("{ leads { totalCount } }", headers={"Accept": GRAPHQL})
        old = await api.send("{ leads { totalCount } }")

    assert (new.status_code, old.status_code) == (503, 200)
    assert [each["extensions"]["code"] for each in new.json()["errors"]] == ["TIMED_OUT"]
    assert "data" not in old.json()


async def test_a_stopped_mutation_is_written_whole_or_not_at_all(world: World) -> None:
    """Stopped at ever later moments: account, entry in the match index and event are all there or all missing."""
    told: dict[str, bool] = {}
    for attempt in itertools.count():
        name = f"Nordlicht {attempt}"
        async with open_api(world, operation_seconds=0.001 * (attempt + 1)) as api:
            answer = (await api.send(CREATE, {"name": name})).json()
        told[name] = "data" in answer
        if sum(told.values()) == 3:
            break

    stored = await _stored(world)
    assert {name for name, is_done in told.items() if is_done} <= stored.keys()
    assert set(stored.values()) == {(True, True)}
    assert len(told) > 3


async def _stored(world: World) -> dict[str, tuple[bool, bool]]:
    """By the name of each account that was made: whether it is in the index, and whether its event was written."""
    async with world.backend.database.read() as session:
        made = await session.execute(select(accounts.c.name, accounts.c.id).where(accounts.c.name.like("Nordlicht %")))
        indexed = set((await session.execute(select(match_documents.c.record_id))).scalars())
        told = set((await session.execute(select(events.c.record_id))).scalars())
        return {row.name: (row.id in indexed, row.id in told) for row in made}
