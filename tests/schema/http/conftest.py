"""The service with subscriptions, on every database."""

from collections.abc import AsyncIterator

import pytest

from tests.support.live import Live, open_live
from tests.support.world import World


@pytest.fixture
async def live(world: World) -> AsyncIterator[Live]:
    """Give the tenant's service."""
    async with open_live(world) as opened:
        yield opened
