"""Documents: parsed once, with limits that are linear in their length."""

from collections.abc import Iterator
from functools import lru_cache

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
)
from graphql.language import FieldNode, FragmentSpreadNode, InlineFragmentNode
from strawberry.extensions import SchemaExtension

from resolvers.errors import ErrorCode
from schema.http.bodies import Operation
from schema.http.refusals import DocumentRefused, RequestRefused

MAX_TOKENS = 4_000
MAX_DEPTH = 25
CACHED_DOCUMENTS = 64


@lru_cache(maxsize=CACHED_DOCUMENTS)
def parse_document(query: str) -> DocumentNode:
    """The parsed document. Raises ``DocumentRefused`` for what is no GraphQL, too long, or nests too deeply."""
    try:
        document = parse(query, max_tokens=MAX_TOKENS)
        is_too_deep = depth_of(document) > MAX_DEPTH
    except GraphQLError as error:
        raise DocumentRefused(400, ErrorCode.SYNTAX_ERROR, error.message) from None
    except RecursionError:
        is_too_deep = True
    if is_too_deep:
        raise DocumentRefused(400, ErrorCode.TOO_DEEP, f"The document nests deeper than {MAX_DEPTH} levels.")
    return document


def check_operation(document: DocumentNode, operation: Operation) -> None:
    """Raise ``RequestRefused`` unless exactly one operation is meant that the HTTP method may run."""
    defined = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    meant = [each for each in defined if operation.name is None or (each.name and each.name.value == operation.name)]
    if len(meant) != 1:
        names = ", ".join(each.name.value for each in defined if each.name) or "none"
        message = f"'operationName' has to name exactly one operation of the document (it has: {names})."
        raise RequestRefused(400, ErrorCode.UNKNOWN_OPERATION, message)
    if operation.is_get and meant[0].operation is not OperationType.QUERY:
        message = "Only queries can be sent with GET; send this with POST."
        raise RequestRefused(405, ErrorCode.METHOD_NOT_ALLOWED, message, {"Allow": "POST"})


class ParsedOnce(SchemaExtension):
    """Lets an operation be executed from the document that was parsed for admitting it."""

    def on_parse(self) -> Iterator[None]:
        """Give the document."""
        self.execution_context.graphql_document = parse_document(self.execution_context.query or "")
        yield


def depth_of(document: DocumentNode) -> int:
    """How many fields lie within each other at most; each fragment is looked at once."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    known: dict[str, int] = {}

    def depth_below(selections: SelectionSetNode | None) -> int:
        depths = [depth_at(each) for each in selections.selections] if selections else []
        return max(depths, default=0)

    def depth_at(selection: object) -> int:
        if isinstance(selection, FieldNode):
            return 1 + depth_below(selection.selection_set)
        if isinstance(selection, InlineFragmentNode):
            return depth_below(selection.selection_set)
        if isinstance(selection, FragmentSpreadNode):
            return depth_of_fragment(selection.name.value)
        return 0

    def depth_of_fragment(name: str) -> int:
        if name not in known and name in fragments:
            known[name] = 0  # Validation refuses circles; here they only have to end.
            known[name] = depth_below(fragments[name].selection_set)
        return known.get(name, 0)

    operations = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    return max((depth_below(each.selection_set) for each in operations), default=0)
