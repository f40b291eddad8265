"""One server for all clients, and one tenant: each test looks at the leads that it took in last."""

from tests.support.serving import office, server

__all__ = ["office", "server"]
