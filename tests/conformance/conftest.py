"""The service as it is really served, with a tenant of its own."""

from tests.support.serving import office, server

__all__ = ["office", "server"]
