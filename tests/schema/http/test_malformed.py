"""Whatever is sent, the answer is GraphQL's JSON with codes of the list, and never a 500."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import Database
from resolvers.errors import ErrorCode
from schema.http.negotiation import GRAPHQL
from tests.support.api import Api, open_api
from tests.support.world import World

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)

CODES = {each.name for each in ErrorCode} - {"INTERNAL_ERROR"}
MEMBERS = ("query", "documentId", "variables", "operationName", "extensions")
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
"""The service holds nothing of one request that another could see."""

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=10
)
documents = st.sampled_from(
    (
        "{ __typename }",
        "query A { __typename } query B { __typename }",
        "query Q($n: Int) { leads(first: $n) { totalCount } }",
    )
)
bodies = st.fixed_dictionaries({}, optional=dict.fromkeys(MEMBERS, values | documents))


def _check(response: httpx2.Response) -> None:
    answer = response.json()
    codes = {each["extensions"]["code"] for each in answer.get("errors", [])}
    assert response.status_code < 500
    assert codes <= CODES
    assert codes or "data" in answer


@SHARED
@given(body=bodies)
async def test_members_of_every_type_are_answered(api: Api, body: Mapping[str, Any]) -> None:
    """Each member of a body may be anything that JSON has."""
    _check(await api.http.post("/graphql", json=body, headers={**api.headers(), "Accept": GRAPHQL}))


@SHARED
@given(variables=values)
async def test_variables_of_every_type_are_answered(api: Api, variables: object) -> None:
    """Each variable may be anything as well, whatever type it should have."""
    query = """query Q($n: Int, $id: ID, $filter: LeadFilterInput, $order: LeadOrder) {
        leads(first: $n, filter: $filter, orderBy: $order) { totalCount } lead(id: $id) { id } }"""
    for name in ("n", "id", "filter", "order"):
        _check(await api.send(query, {name: variables}))


@SHARED
@given(body=st.binary(max_size=200))
async def test_bytes_are_answered(api: Api, body: bytes) -> None:
    """What is no JSON, or no text at all."""
    headers = {**api.headers(), "Content-Type": "application/json"}
    _check(await api.http.post("/graphql", content=body, headers=headers))


@SHARED
@given(params=st.lists(st.tuples(st.sampled_from((*MEMBERS, "other")), st.text(max_size=30)), max_size=5))
async def test_parameters_are_answered(api: Api, params: list[tuple[str, str | int | float | bool | None]]) -> None:
    """Those of a GET, also given twice."""
    _check(await api.http.get("/graphql", params=params, headers=api.headers()))


@pytest.mark.parametrize(
    "text",
    [
        '{"query": "{ __typename }", "variables": {"a": NaN}}',
        '{"query": "{ __typename }", "variables": {"a": Infinity}}',
        '{"query": "{ __typename }", "variables": {"a": 1e999}}',
        '{"query": "{ __typename }", "variables": {"a": ' + "9" * 5000 + "}}",
        '{"query": "{ __typename }", "variables": {"\\udfff": 1}}',
        '{"query": "{ a(b: \\"\\\\ud83d\\") }"}',
        '{"query": "{ a(b: \\"\\\\u{110000}\\") }"}',
        '\ufeff{"query": "{ __typename }"}',
        '{"query": "{ __typename }", "query": "{ x }"}',
        '{"query": "{ __typename }"}{"query": "{ __typename }"}',
        '{"query": "\\u0000"}',
        '{"query": "query Q($n: Int) { leads(first: $n) { totalCount } }", "variables": {"n": 1e3}}',
        '{"query": "query Q($n: Int) { leads(first: $n) { totalCount } }", "variables": {"n": 12345678901234567890}}',
        '{"query": "query Q($n: Int) { leads(first: $n) { totalCount } }", "variables": {"n": '
        + "[" * 900
        + "]" * 900
        + "}}",
        '{"query": "query Q($n: [ID!]!) { nodes(ids: $n) { id } }", "variables": {"n": ' + "[" * 900 + "]" * 900 + "}}",
        '{"query": "query Q($n: [ID!]!) { nodes(ids: $n) { id } }", "variables": {"n": [' + "1," * 60000 + "1]}}",
        '{"query": "{ nodes(ids: ' + "[" * 190 + "]" * 190 + ') { id } }"}',
    ],
)
async def test_known_oddities_are_answered(api: Api, text: str) -> None:
    """Numbers that are none, halves of characters, names given twice, nesting without sense."""
    headers = {**api.headers(), "Content-Type": "application/json"}
    _check(await api.http.post("/graphql", content=text.encode("utf-8", "surrogatepass"), headers=headers))


async def test_a_compressed_body_is_refused(api: Api) -> None:
    """Nothing is unpacked here, so that nothing can unfold."""
    headers = {**api.headers(), "Content-Type": "application/json", "Content-Encoding": "gzip"}
    response = await api.http.post("/graphql", content=b"\x1f\x8b", headers=headers)

    assert response.status_code == 415


async def test_a_failure_of_the_server_is_masked(api: Api, world: World, tmp_path: Path) -> None:
    """Without its database it answers 500 in GraphQL's JSON, with an id that the log has too."""
    broken = Database(f"sqlite+aiosqlite:///{tmp_path}/missing/x.sqlite3")
    with structlog.testing.capture_logs() as logged:
        async with open_api(replace(world, backend=replace(world.backend, database=broken))) as broken_api:
            response = await broken_api.http.post("/graphql", json={"query": "{ x }"}, headers=api.headers())
    await broken.close()
    [error] = orjson.loads(response.content)["errors"]

    assert response.status_code == 500
    assert error["extensions"] == {"code": "INTERNAL_ERROR", "id": logged[0]["error_id"]}
    assert "sqlite" not in response.text
