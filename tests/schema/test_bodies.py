"""Requests of every kind of malformation get a typed 4xx in GraphQL's JSON, and never a 500."""

import json
from typing import Any

import orjson
import pytest
import structlog
from sqlalchemy import text

from schema.http.negotiation import GRAPHQL, JSON
from tests.support.api import Api, gid
from tests.support.world import World

QUERY = b'{"query": "{ __typename }"}'
BROKEN: list[tuple[bytes, str, int, str]] = [
    (b"", JSON, 400, "BAD_REQUEST"),
    (b"true", JSON, 400, "BAD_REQUEST"),
    (b"[]", JSON, 400, "BAD_REQUEST"),
    (b'[{"query": "{ __typename }"}]', JSON, 400, "BAD_REQUEST"),
    (b"{", JSON, 400, "BAD_REQUEST"),
    (b'{"query": "\xff"}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": "\\ud800"}', JSON, 400, "BAD_REQUEST"),
    (b"[" * 100_000, JSON, 400, "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "variables": ' + b'{"a":' * 90_000 + b"1" + b"}" * 90_000 + b"}", JSON, 413, ""),
    (b'{"query": "{ __typename }", "variables": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_000 + b"}", JSON, 400, ""),
    (b"{}", JSON, 400, "BAD_REQUEST"),
    (b'{"query": null}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": 5}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": ""}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "variables": "x"}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "variables": [1]}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "extensions": 7}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "operationName": {}}', JSON, 400, "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "operationName": "Other"}', JSON, 400, "UNKNOWN_OPERATION"),
    (b'{"query": "query A { __typename } query B { __typename }"}', JSON, 400, "UNKNOWN_OPERATION"),
    (b'{"query": "fragment F on Query { __typename }"}', JSON, 400, "UNKNOWN_OPERATION"),
    (QUERY + b" " * 300_000, JSON, 413, "BODY_TOO_LARGE"),
    (QUERY, "text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"),
    (QUERY, "application/json; charset=latin-1", 415, "UNSUPPORTED_MEDIA_TYPE"),
    (QUERY, "multipart/form-data; boundary=x", 415, "UNSUPPORTED_MEDIA_TYPE"),
]


def _query(text: str) -> bytes:
    return orjson.dumps({"query": text})


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("body", "content_type", "status", "code"), BROKEN)
async def test_broken_bodies_are_refused(api: Api, body: bytes, content_type: str, status: int, code: str) -> None:
    """Each is answered with its status and one error with its code, and without data."""
    response = await api.http.post("/graphql", content=body, headers={**api.headers(), "Content-Type": content_type})
    (error,) = response.json()["errors"]

    assert response.status_code == status
    assert response.headers["content-type"].startswith(JSON)
    assert "data" not in response.json()
    assert error["extensions"]["code"] == (code or error["extensions"]["code"])
    assert error["message"].endswith((".", ")."))


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "SYNTAX_ERROR"),
        ("{ leads(first: ) }", "SYNTAX_ERROR"),
        ("{ " + "a " * 5_000 + "}", "TOO_COMPLEX"),
        ("{a" * 1_900, "SYNTAX_ERROR"),
        ("{a" * 40 + "}" * 40, "TOO_DEEP"),
        ('{ node(id: "\\ud800") { id } }', "SYNTAX_ERROR"),
        ("{ unknown }", "INVALID_DOCUMENT"),
        ('{ leads(first: "a") { totalCount } }', "INVALID_DOCUMENT"),
        ("query Q($a: Int!) { leads(first: $a) { totalCount } }", "INVALID_VARIABLES"),
        ("{ viewer { user { id } } ...A } fragment A on Query { ...A }", "INVALID_DOCUMENT"),
        ("mutation { acceptLead(input: {}) { errors { __typename } } }", "INVALID_DOCUMENT"),
    ],
)
async def test_broken_documents_are_refused(api: Api, query: str, code: str) -> None:
    """A client that knows the GraphQL media type is told so by 400, others by 200; nobody gets data."""
    for media_type, status in ((GRAPHQL, 400), (JSON, 200)):
        headers = {**api.headers(), "Content-Type": JSON, "Accept": media_type}
        response = await api.http.post("/graphql", content=_query(query), headers=headers)
        assert response.status_code == status
        assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert "data" not in response.json()
        assert {each["extensions"]["code"] for each in response.json()["errors"]} == {code}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_document_that_nests_too_deeply_is_refused(api: Api) -> None:
    """Depth is counted through fragments, each of them once, so that many spreads cost nothing."""
    chain = "".join(
        f"fragment F{n} on Case {{ leads {{ result {{ case {{ ...F{n + 1} ...F{n + 1} }} }} }} }} " for n in range(60)
    )
    deep = f"{{ cases {{ nodes {{ ...F0 }} }} }} {chain} fragment F60 on Case {{ id }}"

    assert await api.errors(deep) == ["TOO_DEEP"]
    endless = "".join(f"fragment F{n} on Query {{ ...F{n + 1} }} " for n in range(450))
    assert await api.errors(f"{{ ...F0 }} {endless} fragment F450 on Query {{ __typename }}") == ["TOO_COMPLEX"]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_get_is_for_queries(api: Api) -> None:
    """A query may come by GET, with its variables as JSON; a mutation may not, and other methods are unknown."""
    query = {"query": "query N($id: ID!) { node(id: $id) { id } }", "variables": json.dumps({"id": "x"})}
    mutation = {"query": 'mutation { closeCase(input: {caseId: "x", status: WON}) { case { id } } }'}
    answered = await api.http.get("/graphql", params=query, headers=api.headers())
    refused = await api.http.get("/graphql", params=mutation, headers=api.headers())
    broken = await api.http.get("/graphql", params={**query, "variables": "{"}, headers=api.headers())
    unknown = await api.http.put("/graphql", json={}, headers=api.headers())

    assert answered.json() == {"data": {"node": None}}
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert broken.status_code == 400
    assert (unknown.status_code, unknown.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_unexpected_errors_are_masked(api: Api, world: World) -> None:
    """A failure answers with an id that the log has too, never with its text."""
    async with world.backend.database.write(world.tenant.id, world.clock()) as session:
        await session.execute(text("DROP TABLE external_ids"))
    account = await world.private_customers()
    with structlog.testing.capture_logs() as logged:
        response = await api.send(
            "query A($id: ID!) { account(id: $id) { externalIds { value } } }", {"id": gid(account)}
        )
    (error,) = response.json()["errors"]

    assert response.status_code == 200
    assert error["extensions"] == {"code": "INTERNAL_ERROR", "id": logged[0]["error_id"]}
    assert error["path"] == ["account", "externalIds"]
    assert "external_ids" not in response.text
    assert "external_ids" in str(logged[0]["exc_info"])


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_odd_text_is_taken_or_refused_by_name(api: Api) -> None:
    """Control characters, emoji and right-to-left marks come back as they were, or are named as a fault."""
    type_id = (await api.ask("{ leadTypes { id } }"))["leadTypes"][0]["id"]

    async def create(subject: str) -> Any:  # noqa: ANN401
        lead = {"typeId": type_id, "subject": subject, "company": {"name": "Nordlicht"}}
        return await api.run("createLead", {"lead": lead}, "lead { subject }")

    assert (await create("Zoë 🦄 \u05e9\u05dc\u05d5\u05dd"))["lead"]["subject"] == "Zoë 🦄 \u05e9\u05dc\u05d5\u05dd"
    refused = await create("nul \0 nul")
    assert [(each["code"], each["path"]) for each in refused["errors"]] == [
        ("INVALID_FIELD", ["input", "lead", "subject"])
    ]
