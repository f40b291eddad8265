"""Pages of other sites may use the API where the settings say so, and nobody can forge a request."""

import httpx2
import pytest

from tests.support.api import Api, open_api
from tests.support.world import World

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)

REACT = "http://localhost:5173"
EVIL = "https://evil.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


def _code(response: httpx2.Response) -> str:
    [error] = response.json()["errors"]
    code: str = error["extensions"]["code"]
    return code


async def test_pages_of_allowed_origins_may_use_the_api(world: World) -> None:
    """Their preflight is answered, and the browser lets them read the answer, whatever it is."""
    async with open_api(world, allowed_origins=f"https://crm.example, {REACT}") as api:
        preflight = await api.http.options("/graphql", headers={"Origin": REACT, **PREFLIGHT})
        answer = await api.send("{ __typename }", headers={"Origin": REACT})
        refused = await api.http.post("/graphql", json={}, headers={"Origin": REACT})

    assert preflight.status_code == 204
    allowed = preflight.headers["access-control-allow-headers"].lower().split(", ")
    assert {"authorization", "content-type", "accept-language"} <= set(allowed)
    for response in (preflight, answer, refused):
        assert response.headers["access-control-allow-origin"] == REACT
        assert "Origin" in response.headers["vary"]
        assert "access-control-allow-credentials" not in response.headers
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    assert refused.status_code == 401


@pytest.mark.parametrize("origin", [EVIL, "null", "http://leadgate.test.evil.example", "nonsense", "https://"])
async def test_pages_of_other_origins_are_refused(world: World, origin: str) -> None:
    """Neither a preflight nor a request with a good token gets through."""
    async with open_api(world, allowed_origins=REACT) as api:
        preflight = await api.http.options("/graphql", headers={"Origin": origin, **PREFLIGHT})
        answer = await api.send("{ __typename }", headers={"Origin": origin})

    for response in (preflight, answer):
        assert response.status_code == 403
        assert _code(response) == "FORBIDDEN_ORIGIN"
        assert "access-control-allow-origin" not in response.headers


async def test_the_servers_own_pages_need_no_permission(api: Api) -> None:
    """GraphiQL's requests carry the origin that the server itself is reached under."""
    answer = await api.send("{ __typename }", headers={"Origin": "http://leadgate.test"})

    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["Apollo-Require-Preflight", "GraphQL-Require-Preflight", "X-Requested-With"])
async def test_a_get_that_a_page_could_forge_is_refused(api: Api, header: str) -> None:
    """It needs a header that makes a browser ask first; then the lack of a token is what is told."""
    params = {"query": "{ __typename }"}
    forged = await api.http.get("/graphql", params=params)
    asked = await api.http.get("/graphql", params=params, headers={header: "1"})
    known = await api.http.get("/graphql", params=params, headers=api.headers())

    assert (forged.status_code, _code(forged)) == (403, "PREFLIGHT_REQUIRED")
    assert (asked.status_code, _code(asked)) == (401, "UNAUTHENTICATED")
    assert known.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "type_", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
async def test_a_post_that_a_page_could_forge_is_refused(api: Api, type_: str) -> None:
    """Whatever a form can send is no GraphQL here, even with a good token."""
    headers = {**api.headers(), "Content-Type": type_}
    forged = await api.http.post("/graphql", content=b'{"query": "{ __typename }"}', headers=headers)

    assert (forged.status_code, _code(forged)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_the_demos_users_are_for_the_same_pages(world: World) -> None:
    """A React developer's page gets them, another site's does not."""
    async with open_api(world, is_demo=True, allowed_origins=REACT) as api:
        allowed = await api.http.get("/demo/users", headers={"Origin": REACT})
        refused = await api.http.get("/demo/users", headers={"Origin": EVIL})

    assert allowed.headers["access-control-allow-origin"] == REACT
    assert refused.status_code == 403
