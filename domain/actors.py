"""Who is acting."""

from dataclasses import dataclass

from domain.records import Role
from domain.values import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The authenticated user behind a request, and the language their texts come in."""

    tenant_id: int
    user_id: int
    roles: frozenset[Role]
    language: Language = Language.EN

    @property
    def is_manager(self) -> bool:
        """Whether the actor may reopen leads and hand acceptances over."""
        return bool(self.roles & {Role.MANAGER, Role.ADMIN})

    @property
    def is_admin(self) -> bool:
        """Whether the actor may change the tenant's settings."""
        return Role.ADMIN in self.roles
