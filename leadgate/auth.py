"""Who asks: the token of a request, checked against the user it names."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.requests import HTTPConnection

from domain.actors import Actor
from domain.records import Tenant, User
from leadgate.languages import language_for
from leadgate.tokens import Claims, read_token
from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from schema.http.refusals import RequestRefused
from services import lookups
from services.backend import Backend

REMEMBERED = timedelta(seconds=5)
"""How long a user who was deactivated, or lost a role, may go on; and a process by settings that another has saved."""
MAX_REMEMBERED = 10_000

_MESSAGE = "Send a valid token: 'Authorization: Bearer ...'."


@dataclass(frozen=True, slots=True)
class _Known:
    tenant: Tenant
    user: User
    until: datetime


@dataclass(slots=True)
class Authenticator:
    """Makes the context of a request out of its token, remembering users for a few seconds."""

    backend: Backend
    secret: bytes
    _known: dict[tuple[int, int], _Known] = field(default_factory=dict)

    async def __call__(self, request: HTTPConnection, authorization: str | None = None) -> RequestContext:
        """The context of the request. Raises ``RequestRefused`` without a valid token of an active user.

        ``authorization`` is what stands for the header where a client cannot send one (browsers' WebSockets).
        """
        given = request.headers.get("authorization", "") if authorization is None else authorization
        scheme, _, token = given.partition(" ")
        claims = read_token(self.secret, token.strip()) if scheme.lower() == "bearer" else None
        known = None if claims is None else await self._find(claims)
        if claims is None or known is None or not known.user.is_active:
            raise RequestRefused(401, ErrorCode.UNAUTHENTICATED, _MESSAGE, {"WWW-Authenticate": "Bearer"})
        user = known.user
        actor = Actor(
            tenant_id=user.tenant_id,
            user_id=user.id,
            roles=claims.roles & user.roles,
            language=language_for(request.headers.get("accept-language", ""), user.language),
        )
        return RequestContext(
            backend=self.backend,
            actor=actor,
            tenant=known.tenant,
            now=self.backend.now(),
            expires_at=claims.expires_at,
        )

    async def _find(self, claims: Claims) -> _Known | None:
        key, now = (claims.tenant_id, claims.user_id), self.backend.now()
        known = self._known.get(key)
        newest_saved = self.backend.settings_versions.get(claims.tenant_id, 0)
        if known is not None and known.until > now and known.tenant.matching.version >= newest_saved:
            return known
        tenant = await lookups.tenant_by_id(self.backend, claims.tenant_id)
        (user,) = await lookups.users_by_id(self.backend, claims.tenant_id, [claims.user_id])
        if tenant is None or user is None:
            return None
        if len(self._known) >= MAX_REMEMBERED:
            self._known.clear()
        known = self._known[key] = _Known(tenant, user, now + REMEMBERED)
        return known
