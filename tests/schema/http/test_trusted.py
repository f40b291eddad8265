"""Trusted documents: run by their id, by POST and by GET, and with a mode that takes nothing else."""

import orjson
import pytest

from schema.http.negotiation import GRAPHQL
from services.trusted_documents import id_of, register_documents
from tests.support.api import Api, open_api
from tests.support.statements import count_statements
from tests.support.world import World

NAME = "{ viewer { user { name } } }"
LEADS = "query Leads($n: Int!) { leads(first: $n) { totalCount } }"
REJECT = 'mutation { rejectLead(input: { leadId: "x" }) { lead { id } } }'


@pytest.fixture
async def ids(world: World) -> dict[str, str]:
    """Give the ids of the documents that are registered, by their texts."""
    await register_documents(world.backend, {id_of(each): each for each in (NAME, LEADS, REJECT)} | {"name": NAME})
    return {each: id_of(each) for each in (NAME, LEADS, REJECT)}


async def test_a_document_is_run_by_its_id(api: Api, ids: dict[str, str]) -> None:
    """The id of its content serves, and so does the one that a client's tool gave it; variables come as ever."""
    for each in (ids[NAME], "name"):
        answer = await api.http.post("/graphql", json={"documentId": each}, headers=api.headers())
        assert answer.json() == {"data": {"viewer": {"user": {"name": "Jana Vogt"}}}}
    body = {"documentId": ids[LEADS], "variables": {"n": 3}, "operationName": "Leads"}
    answer = await api.http.post("/graphql", json=body, headers=api.headers())
    assert answer.json() == {"data": {"leads": {"totalCount": 0}}}


async def test_a_document_is_read_from_the_database_once(api: Api, world: World, ids: dict[str, str]) -> None:
    """What an id names never changes, so it is remembered."""
    for expected in (1, 0):
        with count_statements(world.backend.database) as statements:
            await api.http.post("/graphql", json={"documentId": ids[NAME]}, headers=api.headers())
        assert sum("trusted_documents" in each for each in statements) == expected


async def test_documents_of_another_process_are_found(api: Api, world: World) -> None:
    """One that is registered while the server runs is served at once."""
    body = {"documentId": id_of(NAME)}
    before = await api.http.post("/graphql", json=body, headers={**api.headers(), "Accept": GRAPHQL})
    await register_documents(world.backend, {id_of(NAME): NAME})
    after = await api.http.post("/graphql", json=body, headers=api.headers())

    assert before.status_code == 404
    assert before.json()["errors"][0]["extensions"] == {"code": "UNKNOWN_DOCUMENT"}
    assert "data" in after.json()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_nothing_else_is_taken_if_the_server_is_told_so(world: World, ids: dict[str, str]) -> None:
    """A text is refused even if it was registered; by its id it is run."""
    async with open_api(world, is_trusted_only=True) as api:
        for body in ({"query": NAME}, {"query": NAME, "operationName": None}):
            refused = await api.http.post("/graphql", json=body, headers=api.headers())
            assert refused.status_code == 403
            assert refused.json()["errors"][0]["extensions"] == {"code": "UNTRUSTED_DOCUMENT"}
        run = await api.http.post("/graphql", json={"documentId": ids[NAME]}, headers=api.headers())
        assert "data" in run.json()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "body",
    [
        {"documentId": 5},
        {"documentId": ""},
        {"documentId": "name", "query": NAME},
        {"documentId": ["name"]},
        {"documentId": None, "query": None},
    ],
)
async def test_ids_have_to_be_texts_and_stand_alone(api: Api, body: dict[str, object]) -> None:
    """Both or neither of id and text is ambiguous."""
    refused = await api.http.post("/graphql", json=body, headers=api.headers())

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


@pytest.mark.parametrize("document_id", ["sha256:", "x" * 100_000, "nul \0", "sha256:" + "0" * 64, "'; --"])
async def test_odd_ids_name_nothing(api: Api, document_id: str) -> None:
    """They are answered like any other that was not registered."""
    refused = await api.http.post("/graphql", json={"documentId": document_id}, headers=api.headers())

    assert refused.json()["errors"][0]["extensions"] == {"code": "UNKNOWN_DOCUMENT"}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_answers_to_trusted_queries_by_get_can_be_kept(world: World, ids: dict[str, str]) -> None:
    """By the user's browser only, for the same headers; and they need not be sent again if they are the same."""
    params = {"documentId": ids[LEADS], "variables": orjson.dumps({"n": 1}).decode()}
    async with open_api(world, trusted_max_age=5) as api:
        first = await api.http.get("/graphql", params=params, headers=api.headers())
        again = {**api.headers(), "If-None-Match": f'"old", W/{first.headers["etag"]}'}
        second = await api.http.get("/graphql", params=params, headers=again)
        other = await api.http.get("/graphql", params={"documentId": ids[NAME]}, headers=again)

    assert first.headers["cache-control"] == "private, max-age=5"
    varying = {each.strip() for each in first.headers["vary"].split(",")}
    assert varying == {"Authorization", "Accept", "Accept-Language", "Origin"}
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_other_answers_are_not_kept(api: Api, ids: dict[str, str]) -> None:
    """Neither those by POST, nor of texts, nor errors; and without a setting a browser asks each time."""
    by_post = await api.http.post("/graphql", json={"documentId": ids[NAME]}, headers=api.headers())
    text = await api.http.get("/graphql", params={"query": NAME}, headers=api.headers())
    wrong = await api.http.get("/graphql", params={"documentId": ids[LEADS]}, headers=api.headers())
    asked = await api.http.get("/graphql", params={"documentId": ids[NAME]}, headers=api.headers())

    for response in (by_post, text, wrong):
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
    assert asked.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_trusted_mutation_is_not_run_by_get(api: Api, ids: dict[str, str]) -> None:
    """Trusting a document does not make it safe to repeat."""
    refused = await api.http.get("/graphql", params={"documentId": ids[REJECT]}, headers=api.headers())

    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
