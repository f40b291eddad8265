"""Documents are registered once, by what they hold, and never changed."""

import pytest

from db.engine import Database
from services.trusted_documents import BadDocumentIdError, find_document, id_of, register_documents
from tests.support.world import World, make_world

TEXT = "{ viewer { user { name } } }"
OTHER = "{ __typename }"


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant."""
    return await make_world(database)


def test_an_id_is_the_hash_of_the_content() -> None:
    """As the persisted documents of GraphQL over HTTP write it."""
    assert id_of("{ __typename }") == "sha256:7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b"


async def test_a_document_is_found_by_both_of_its_ids(world: World) -> None:
    """Its tool's and its content's; registering it again changes nothing."""
    assert await register_documents(world.backend, {"viewer-1": TEXT}) == 2
    assert await register_documents(world.backend, {"viewer-1": TEXT, id_of(TEXT): TEXT}) == 0
    assert await find_document(world.backend, "viewer-1") == TEXT
    assert await find_document(world.backend, id_of(TEXT)) == TEXT
    assert await find_document(world.backend, id_of(OTHER)) is None


async def test_an_id_never_names_something_else(world: World) -> None:
    """Clients out there rely on it; nothing of such a registration is written."""
    await register_documents(world.backend, {"one": TEXT})
    with pytest.raises(BadDocumentIdError, match="'one' names another document"):
        await register_documents(world.backend, {"two": OTHER, "one": OTHER})

    assert await find_document(world.backend, "one") == TEXT
    assert await find_document(world.backend, "two") is None


@pytest.mark.parametrize(
    "document_id", ["", "x" * 201, "a\nb", "nul\0", id_of(OTHER), id_of(OTHER).removeprefix("sha256:")]
)
async def test_ids_that_cannot_be_are_refused(world: World, document_id: str) -> None:
    """Empty, long or unprintable ones, and hashes of something else."""
    with pytest.raises(BadDocumentIdError):
        await register_documents(world.backend, {document_id: TEXT})


async def test_many_documents_are_registered_at_once(world: World) -> None:
    """More than one statement's parameters hold."""
    texts = {f"document-{n}": f"{{ a{n}: __typename }}" for n in range(1200)}

    assert await register_documents(world.backend, texts) == 2400
    assert await register_documents(world.backend, texts) == 0
