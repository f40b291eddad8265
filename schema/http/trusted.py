"""Trusted documents: found by their id, and remembered, since what an id names never changes."""

from dataclasses import dataclass, field

from resolvers.errors import ErrorCode
from schema.http.bodies import Operation
from schema.http.refusals import DocumentRefused, RequestRefused
from services.backend import Backend
from services.trusted_documents import find_document

MAX_REMEMBERED = 2_000


@dataclass(slots=True)
class TrustedDocuments:
    """The documents that were registered with the installation."""

    backend: Backend
    _known: dict[str, str] = field(default_factory=dict)

    async def text_of(self, operation: Operation, *, is_trusted_only: bool) -> str:
        """The document to run. Raises ``RequestRefused`` for an id that names none, or a text if only ids are taken."""
        if operation.document_id is not None:
            return await self._find(operation.document_id)
        if is_trusted_only:
            message = "Only registered documents are served: send the 'documentId' of one instead of a 'query'."
            raise RequestRefused(403, ErrorCode.UNTRUSTED_DOCUMENT, message)
        return operation.query or ""

    async def _find(self, document_id: str) -> str:
        if document_id in self._known:
            return self._known[document_id]
        text = await find_document(self.backend, document_id)
        if text is None:
            message = "'documentId' names no document that was registered with `leadgate documents register`."
            raise DocumentRefused(404, ErrorCode.UNKNOWN_DOCUMENT, message)
        if len(self._known) >= MAX_REMEMBERED:
            self._known.clear()
        self._known[document_id] = text
        return text
