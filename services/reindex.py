"""Moving a tenant's index to the current version of the normaliser, while the service runs."""

from collections.abc import Callable

from services.backend import Backend


async def reindex(backend: Backend, tenant_id: int, on_progress: Callable[[int], None]) -> None:
    """Build keys and documents of every record for the current version, then let queries use it. Can be resumed."""
    raise NotImplementedError
