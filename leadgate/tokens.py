"""Tokens: JSON Web Tokens that say who asks, signed with the service's secret (RFC 7519, HS256)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt

from domain.records import Role

ALGORITHM = "HS256"
_MAX_TENANT = 2**15 - 1
_MAX_ID = 2**63 - 1
_ROLES = {each.value: each for each in Role}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a valid token says; ``expires_at`` of one that was read."""

    tenant_id: int
    user_id: int
    roles: frozenset[Role]
    expires_at: datetime | None = None


def issue_token(secret: bytes, claims: Claims, valid_for: timedelta) -> str:
    """A token that is valid from now on for this long."""
    issued = datetime.now(UTC)
    content = {
        "tenant": claims.tenant_id,
        "sub": str(claims.user_id),
        "roles": sorted(each.value for each in claims.roles),
        "iat": issued,
        "exp": issued + valid_for,
    }
    return jwt.encode(content, secret, algorithm=ALGORITHM)


def read_token(secret: bytes, token: str) -> Claims | None:
    """What the token says; None if it is not ours, has expired, or says nothing that we understand."""
    try:
        content = jwt.decode(token, secret, algorithms=[ALGORITHM], options={"require": ["exp", "sub", "tenant"]})
    except jwt.InvalidTokenError:
        return None
    tenant_id, user_id, roles = content["tenant"], content["sub"], content.get("roles", [])
    if not isinstance(tenant_id, int) or not 0 < tenant_id <= _MAX_TENANT or not _is_id(user_id):
        return None
    return Claims(
        tenant_id=tenant_id,
        user_id=int(user_id),
        roles=_known_roles(roles),
        expires_at=datetime.fromtimestamp(content["exp"], UTC),
    )


def _is_id(subject: object) -> bool:
    return isinstance(subject, str) and subject.isascii() and subject.isdigit() and 0 < int(subject[:20]) <= _MAX_ID


def _known_roles(roles: object) -> frozenset[Role]:
    given: Iterable[object] = roles if isinstance(roles, list) else ()
    return frozenset(_ROLES[each] for each in given if isinstance(each, str) and each in _ROLES)
