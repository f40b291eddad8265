"""Documents that clients may run by their id: registered once, by the id of their content, and never changed."""

import hashlib
import re
from collections.abc import Mapping

from db import documents
from services.backend import Backend

MAX_ID = 200
_INSTALLATION = 0
"""Documents are written for no tenant."""
_BY_CONTENT = re.compile(r"(?:sha256:)?(?P<hash>[0-9a-f]{64})")


class BadDocumentIdError(Exception):
    """An id cannot name a document; says why."""


def id_of(text: str) -> str:
    """The id that a document's content gives it, as the specification of persisted documents writes it."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


async def find_document(backend: Backend, document_id: str) -> str | None:
    """The text of a registered document, or None."""
    if len(document_id) > MAX_ID or "\0" in document_id:
        return None
    async with backend.database.read() as session:
        return (await documents.texts_by_id(session, [document_id])).get(document_id)


async def register_documents(backend: Backend, texts: Mapping[str, str]) -> int:
    """Register documents by their ids, and by the ids of their content as well; returns how many ids were new.

    Registering again what is there changes nothing. Raises ``BadDocumentIdError``, with nothing written, for an id that
    names another document already, or that is a hash of something else.
    """
    for document_id, text in texts.items():
        _check_id(document_id, text)
    wanted = {**{id_of(text): text for text in texts.values()}, **texts}
    async with backend.database.write(_INSTALLATION, backend.now()) as session:
        there = await documents.texts_by_id(session, wanted)
        taken = [each for each, text in there.items() if text != wanted[each]]
        if taken:
            raise BadDocumentIdError(f"{taken[0]!r} names another document already.")
        new = {each: text for each, text in wanted.items() if each not in there}
        await documents.insert_texts(session, new)
    return len(new)


def _check_id(document_id: str, text: str) -> None:
    if not document_id or len(document_id) > MAX_ID or not document_id.isprintable():
        raise BadDocumentIdError(f"{document_id!r} is no id: it has to be 1 to {MAX_ID} printable characters.")
    by_content = _BY_CONTENT.fullmatch(document_id)
    if by_content and f"sha256:{by_content['hash']}" != id_of(text):
        raise BadDocumentIdError(f"{document_id!r} is not the SHA-256 of its document.")
