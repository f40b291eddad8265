"""``leadgate documents``: what clients may run by its id."""

import asyncio
import secrets
from pathlib import Path

import click
import orjson

from db.engine import Database
from leadgate.cli_options import database_option
from schema.build import build_schema
from schema.http.refusals import DocumentRefused
from schema.limits.admission import Admission
from services.backend import Backend
from services.trusted_documents import BadDocumentIdError, id_of, register_documents

_TEXTS = (".graphql", ".gql")
_MANIFEST = ".json"


@click.group()
def documents() -> None:
    """Look after trusted documents."""


@documents.command()
@database_option
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="FILE|DIR")
def register(database: str, source: Path) -> None:
    """Let clients run documents by their id; prints the ids.

    FILE is a document (.graphql, .gql) or a manifest (.json): an object of ids and documents, as Relay's compiler and
    graphql-codegen write it. Of a DIR all such files are taken. Every document has to fit the schema and the server's
    limits, or nothing is registered. Those of a manifest are found by its ids as well. Nothing is ever unregistered:
    clients that are out there go on working.
    """
    texts = _read_all(source)
    admission = build_schema().admission
    faults = [fault for document_id, text in texts.items() for fault in _faults(admission, document_id, text)]
    if faults:
        raise click.ClickException("\n".join(["Nothing was registered.", *faults]))
    try:
        added = asyncio.run(_register(database, texts))
    except BadDocumentIdError as error:
        raise click.ClickException(f"Nothing was registered. {error}") from None
    for document_id, text in sorted(texts.items()):
        click.echo(id_of(text) if document_id == id_of(text) else f"{id_of(text)}  {document_id}")
    click.echo(f"{len(texts)} documents, {added} new ids", err=True)


def _read_all(source: Path) -> dict[str, str]:
    paths = sorted(source.rglob("*")) if source.is_dir() else [source]
    texts: dict[str, str] = {}
    for path in (each for each in paths if each.suffix in {*_TEXTS, _MANIFEST}):
        for document_id, text in _read(path).items():
            if texts.setdefault(document_id, text) != text:
                raise click.ClickException(f"{path}: {document_id!r} names another document in another file.")
    if not texts:
        raise click.ClickException(f"{source} holds no documents (.graphql, .gql or .json).")
    return texts


def _read(path: Path) -> dict[str, str]:
    try:
        if path.suffix in _TEXTS:
            text = path.read_text("utf-8")
            return {id_of(text): text}
        manifest = orjson.loads(path.read_bytes())
    except (UnicodeDecodeError, orjson.JSONDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from None
    if not isinstance(manifest, dict) or not all(isinstance(each, str) for each in manifest.values()):
        raise click.ClickException(f"{path} is no manifest: it has to be an object of ids and documents.")
    return manifest


def _faults(admission: Admission, document_id: str, text: str) -> list[str]:
    try:
        errors = [each.message for each in admission.admit(text).errors]
    except DocumentRefused as refused:
        errors = [refused.message]
    return [f"{document_id}: {each}" for each in errors]


async def _register(url: str, texts: dict[str, str]) -> int:
    database = Database(url)
    try:
        # Nothing that is written here is hashed with the secret: it lives as long as the process.
        return await register_documents(Backend(database=database, secret=secrets.token_bytes(32)), texts)
    finally:
        await database.close()
