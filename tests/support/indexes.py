"""An index that an older release has made."""

from sqlalchemy import update

from db.tables.matching import match_documents, match_frequencies, match_keys, match_snapshots
from domain.records import Tenant
from services.backend import Backend
from services.indexing import fold_frequencies
from services.matching.model import NORMALISER_VERSION

INDEX = (match_keys, match_documents, match_frequencies, match_snapshots)
OLD = NORMALISER_VERSION - 1


async def age_index(backend: Backend, tenant: Tenant) -> None:
    """Let the tenant's index be of the version before the current one."""
    await fold_frequencies(backend, tenant.id)
    async with backend.database.write(tenant.id, backend.now()) as session:
        for table in INDEX:
            await session.execute(update(table).where(table.c.tenant_id == tenant.id).values(version=OLD))
