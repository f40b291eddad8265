"""``leadgate documents register``: documents and the manifests that clients' tools write."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.engine import Database
from leadgate.cli import main
from services.backend import Backend
from services.trusted_documents import find_document, id_of
from tests.support.workshop import apart

NAME = "query Name { viewer { user { name } } }"
COUNT = "query Count { leads { totalCount } }"
WRONG = "query Wrong { viewer { nam } }"


def _register(url: str, source: Path) -> Result:
    return apart(CliRunner().invoke, main, ["documents", "register", str(source), "--database", url])


async def _found(url: str, document_id: str) -> str | None:
    database = Database(url)
    try:
        return await find_document(Backend(database=database, secret=b"x"), document_id)
    finally:
        await database.close()


async def test_a_folder_of_documents_is_registered(database_url: str, tmp_path: Path) -> None:
    """Each file is a document; its id is printed, and whoever does it again changes nothing."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "name.graphql").write_text(NAME)
    (tmp_path / "count.gql").write_text(COUNT)
    (tmp_path / "readme.md").write_text("not a document")
    first, second = _register(database_url, tmp_path), _register(database_url, tmp_path)

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert first.stdout.split() == sorted([id_of(NAME), id_of(COUNT)])
    assert "2 documents, 2 new ids" in first.stderr
    assert "2 documents, 0 new ids" in second.stderr
    assert await _found(database_url, id_of(NAME)) == NAME


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
async def test_a_manifest_is_registered(database_url: str, tmp_path: Path, algorithm: str) -> None:
    """Relay's compiler writes MD5 and graphql-codegen SHA-1, unless told otherwise; both ids of a document serve."""
    key = hashlib.new(algorithm, NAME.encode()).hexdigest()
    manifest = tmp_path / "persisted.json"
    manifest.write_text(json.dumps({key: NAME}))
    result = _register(database_url, manifest)

    assert result.exit_code == 0, result.output
    assert result.stdout.split() == [id_of(NAME), key]
    assert await _found(database_url, key) == NAME
    assert await _found(database_url, id_of(NAME)) == NAME


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"one": NAME, "two": WRONG}, "two: Cannot query field 'nam'"),
        ({"one": NAME, "two": "{"}, "two: Syntax Error"),
        ({"one": NAME, "two": "{ " + "a " * 9_000 + "}"}, "two: Syntax Error: Document contains more than"),
        ({"one": NAME, "0" * 64: NAME}, "not the SHA-256"),
        ({"one": NAME, "": COUNT}, "is no id"),
        ({"one": {"text": NAME}}, "no manifest"),
        ([NAME], "no manifest"),
        ({}, "holds no documents"),
    ],
)
async def test_a_fault_keeps_all_out(database_url: str, tmp_path: Path, content: object, said: str) -> None:
    """Every fault is named, and nothing is registered: a client is released with all of its documents or not at all."""
    manifest = tmp_path / "persisted.json"
    manifest.write_text(json.dumps(content))
    result = _register(database_url, manifest)

    assert result.exit_code == 1
    assert said in result.output
    assert await _found(database_url, "one") is None


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_files_that_cannot_be_read_are_named(database_url: str, tmp_path: Path) -> None:
    """Broken JSON, other encodings, ids that two files use, and folders with nothing in them."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.graphql").write_bytes(b"\xff")
    (tmp_path / "twice").mkdir()
    (tmp_path / "twice" / "1.json").write_text(json.dumps({"one": NAME}))
    (tmp_path / "twice" / "2.json").write_text(json.dumps({"one": COUNT}))
    for name, said in (("empty", "no documents"), ("a.json", "a.json"), ("b.graphql", "utf-8"), ("twice", "'one'")):
        result = _register(database_url, tmp_path / name)
        assert result.exit_code == 1
        assert said in result.output
