"""Without a valid token of an active user nothing is answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from starlette.requests import Request

from db.engine import Database
from domain.drafts import MatchingSettingsPatch
from domain.records import Role
from domain.values import Language
from leadgate.auth import REMEMBERED, Authenticator
from leadgate.languages import language_for
from leadgate.tokens import Claims, issue_token, read_token
from services.matching_settings import SaveMatchingSettings, save_matching_settings
from tests.support.api import SECRET, Api, open_api, token_for
from tests.support.world import World, make_world

IN_AN_HOUR = datetime.now(UTC) + timedelta(hours=1)
GOOD: dict[str, Any] = {"tenant": 1, "sub": "5", "roles": ["agent"], "exp": IN_AN_HOUR}


def _signed(secret: bytes = SECRET, algorithm: str = "HS256", **changes: Any) -> str:  # noqa: ANN401
    content = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return jwt.encode(content, secret, algorithm=algorithm)


def test_a_token_says_what_was_put_into_it() -> None:
    """What is issued is read back, with when it ends; roles nobody knows are ignored."""
    claims = Claims(tenant_id=3, user_id=2**62, roles=frozenset({Role.AGENT, Role.MANAGER}))

    read = read_token(SECRET, issue_token(SECRET, claims, timedelta(minutes=1)))
    signed = read_token(SECRET, _signed(roles=["agent", "king", 7]))

    assert read is not None
    assert read.expires_at is not None
    assert timedelta(0) < read.expires_at - datetime.now(UTC) <= timedelta(minutes=1)
    assert replace(read, expires_at=None) == claims
    assert signed is not None
    assert replace(signed, expires_at=None) == Claims(tenant_id=1, user_id=5, roles=frozenset({Role.AGENT}))


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "a.b.c",
        _signed(b"another secret of at least 32 bytes"),
        _signed(SECRET * 2, algorithm="HS512"),
        jwt.encode(GOOD, None, algorithm="none"),
        _signed(exp=datetime(2020, 1, 1, tzinfo=UTC)),
        _signed(exp=None),
        _signed(sub=None),
        _signed(tenant=None),
        _signed(tenant="1"),
        _signed(tenant=0),
        _signed(tenant=40_000),
        _signed(sub="-5"),
        _signed(sub="five"),
        _signed(sub="9" * 30),
        _signed(sub="5" * 5_000),
        _signed(sub="\u0665"),
    ],
)
def test_other_tokens_say_nothing(token: str) -> None:
    """Wrong key, wrong algorithm, none at all, expired, without what is needed, or with values that cannot be."""
    assert read_token(SECRET, token) is None


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with users."""
    return await make_world(database)


INTROSPECTION = {"query": "{ __schema { types { name } } }"}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_nobody_is_told_anything_without_a_token(world: World) -> None:
    """No header, another scheme, an expired token, a foreign tenant's user, an inactive user: 401 and nothing else."""
    inactive = Claims(tenant_id=1, user_id=world.inactive.id, roles=frozenset({Role.AGENT}))
    unknown = Claims(tenant_id=9, user_id=world.agent.user_id, roles=frozenset({Role.AGENT}))
    headers = [
        {},
        {"Authorization": f"Basic {token_for(world.agent)}"},
        {"Authorization": f"Bearer {token_for(world.agent, timedelta(hours=-1))}"},
        {"Authorization": f"Bearer {issue_token(SECRET, inactive, timedelta(hours=1))}"},
        {"Authorization": f"Bearer {issue_token(SECRET, unknown, timedelta(hours=1))}"},
    ]
    async with open_api(world) as api:
        for each in headers:
            response = await api.http.post("/graphql", json=INTROSPECTION, headers=each)
            (error,) = response.json()["errors"]
            assert response.status_code == 401
            assert response.headers["www-authenticate"] == "Bearer"
            assert error["extensions"] == {"code": "UNAUTHENTICATED"}
            assert "data" not in response.json()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_token_gives_no_role_that_the_user_lost(world: World) -> None:
    """Roles count that both the token and the user have."""
    async with open_api(world) as api:
        claims = Claims(tenant_id=1, user_id=world.agent.user_id, roles=frozenset(Role))
        lead = await world.add_lead(company="Nordlicht")
        headers = {"Authorization": f"Bearer {issue_token(SECRET, claims, timedelta(hours=1))}"}
        refused = await _reopen(api, lead.id, headers)

    assert refused == ["FORBIDDEN"]


async def _reopen(api: Api, lead_id: int, headers: dict[str, str]) -> list[str]:
    data = await api.run("reopenLead", {"leadId": f"lead_{lead_id}"}, headers=headers)
    return [each["code"] for each in data["errors"]]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_saved_settings_are_used_at_once_by_the_process_that_saved_them(world: World) -> None:
    """What is remembered of a tenant is read again once this process has saved newer matching settings."""
    authenticator = Authenticator(world.backend, SECRET)
    request = Request({"type": "http", "headers": [(b"authorization", f"Bearer {token_for(world.agent)}".encode())]})
    patch = MatchingSettingsPatch(threshold=2.0)
    elsewhere = replace(world.backend, settings_versions={})

    assert (await authenticator(request)).tenant.matching.version == 0
    await save_matching_settings(elsewhere, world.admin, SaveMatchingSettings(settings=patch))
    assert (await authenticator(request)).tenant.matching.version == 0
    world.clock.moment += REMEMBERED
    assert (await authenticator(request)).tenant.matching.version == 1
    again = MatchingSettingsPatch(threshold=3.0)
    await save_matching_settings(world.backend, world.admin, SaveMatchingSettings(settings=again))
    assert (await authenticator(request)).tenant.matching.threshold == 3.0


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_users_are_remembered_for_seconds_only(world: World) -> None:
    """The second request within the time reads no user; after it, the user is looked up again."""
    authenticator = Authenticator(world.backend, SECRET)
    claims = Claims(tenant_id=1, user_id=world.agent.user_id, roles=frozenset({Role.AGENT}))
    first = await authenticator._find(claims)
    again = await authenticator._find(claims)
    world.clock.moment += REMEMBERED
    later = await authenticator._find(claims)

    assert first is again
    assert later is not again
    assert later is not None


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", Language.DE),
        ("en", Language.EN),
        ("de-AT, en;q=0.5", Language.DE),
        ("fr, en-GB;q=0.8, de;q=0.7", Language.EN),
        ("fr", Language.DE),
        ("en;q=0", Language.DE),
        ("en;q=nonsense", Language.DE),
        ("*", Language.DE),
        (",,;;", Language.DE),
    ],
)
def test_the_language_is_negotiated(header: str, language: Language) -> None:
    """The most wanted language that there are texts in; else the user's own, here German."""
    assert language_for(header, Language.DE) is language
