"""What tests of services may ask for."""

import pytest

from db.engine import Database
from tests.support.offices import Office, open_office
from tests.support.world import World, make_world


@pytest.fixture
async def office(database: Database) -> Office:
    """Give a tenant at work, on each of the databases."""
    return await open_office(database)


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with an administrator, on each of the databases."""
    return await make_world(database)


@pytest.fixture
async def foreign_office(office: Office) -> Office:
    """Give another tenant in the same database."""
    return await open_office(office.backend.database, "Autohaus Süd")
