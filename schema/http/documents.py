"""Which operation of a document is meant, and whether the HTTP method may run it."""

from graphql import DocumentNode, OperationDefinitionNode, OperationType

from resolvers.errors import ErrorCode
from schema.http.bodies import Operation
from schema.http.refusals import RequestRefused


def choose_operation(document: DocumentNode, operation: Operation) -> OperationDefinitionNode:
    """The operation that is meant. Raises ``RequestRefused`` unless it is exactly one, which the method may run."""
    defined = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    meant = [each for each in defined if operation.name is None or (each.name and each.name.value == operation.name)]
    if len(meant) != 1:
        names = ", ".join(each.name.value for each in defined if each.name) or "none"
        message = f"'operationName' has to name exactly one operation of the document (it has: {names})."
        raise RequestRefused(400, ErrorCode.UNKNOWN_OPERATION, message)
    if operation.is_get and meant[0].operation is OperationType.MUTATION:
        message = "A mutation cannot be sent with GET; send it with POST."
        raise RequestRefused(405, ErrorCode.METHOD_NOT_ALLOWED, message, {"Allow": "POST"})
    return meant[0]
