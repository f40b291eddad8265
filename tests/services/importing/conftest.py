"""What the tests of the import share."""

from pathlib import Path

import pytest

from db.engine import Database
from tests.services.importing.shop import Shop, open_shop


@pytest.fixture
async def shop(database: Database, tmp_path: Path) -> Shop:
    """Give a tenant to import into."""
    return await open_shop(database, tmp_path)
