"""Documents: parsed, measured and validated once, and admitted or refused before anything is executed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
    value_from_ast_untyped,
)
from graphql.validation import ASTValidationRule
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from resolvers.errors import ErrorCode
from schema.http.refusals import DocumentRefused
from schema.limits import ceilings
from schema.limits.measuring import Measuring
from schema.limits.prices import FREE, Price
from schema.limits.refusals import LimitPassedError
from schema.limits.rule import WithinLimits, check_price

CACHED_DOCUMENTS = 128
"""A parsed document takes at most 1 MB, one as clients send them a tenth of it."""
RULES: tuple[type[ASTValidationRule], ...] = (
    WithinLimits,
    *specified_rules,
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)
"""The ceilings come first, and end the validation where one is passed; then what GraphQL and Strawberry ask for."""
_TOO_MANY_TOKENS = f"Document contains more than {ceilings.MAX_TOKENS} tokens"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A document that was parsed, what is wrong with it, and what its operations cost where variables say how much."""

    document: DocumentNode
    errors: list[GraphQLError]
    open_prices: Mapping[int, tuple[Price, Mapping[str, Any]]]

    def check_variables(self, operation: OperationDefinitionNode, variables: Mapping[str, Any] | None) -> None:
        """Raise ``DocumentRefused`` if the operation costs too much with these variables; nothing is executed yet."""
        price, defaults = self.open_prices.get(id(operation), (FREE, {}))
        try:
            check_price(price.paid({**defaults, **(variables or {})}))
        except LimitPassedError as error:
            raise DocumentRefused(400, ErrorCode.TOO_COMPLEX, error.message) from None


class Admission:
    """Admits documents, and remembers the last ones by their text.

    Strawberry's ``ValidationCache`` lets graphql-core look for a hundred errors, with suggestions for each.
    """

    def __init__(self, schema: GraphQLSchema, *, has_introspection: bool = True, has_suggestions: bool = True) -> None:
        self._schema = schema
        self._rules = RULES if has_introspection else (*RULES, NoSchemaIntrospectionCustomRule)
        self._has_suggestions = has_suggestions
        self.admit = lru_cache(CACHED_DOCUMENTS)(self._admit)
        """The document with this text. Raises ``DocumentRefused`` for what is no GraphQL, or too long."""

    def _admit(self, text: str) -> Admitted:
        document = parse_document(text)
        errors = validate(
            self._schema, document, self._rules, ceilings.MAX_ERRORS, hide_suggestions=not self._has_suggestions
        )
        return Admitted(document, errors, {} if errors else open_prices(self._schema, document))


def parse_document(text: str) -> DocumentNode:
    """The parsed document. Raises ``DocumentRefused`` for what is no GraphQL, or too long."""
    if len(text) > ceilings.MAX_CHARACTERS:
        message = f"The document has more than {ceilings.MAX_CHARACTERS} characters."
        raise DocumentRefused(400, ErrorCode.TOO_COMPLEX, message)
    try:
        return parse(text, max_tokens=ceilings.MAX_TOKENS)
    except GraphQLError as error:
        code = ErrorCode.TOO_COMPLEX if _TOO_MANY_TOKENS in error.message else ErrorCode.SYNTAX_ERROR
        raise DocumentRefused(400, code, error.message) from None


def open_prices(schema: GraphQLSchema, document: DocumentNode) -> dict[int, tuple[Price, dict[str, Any]]]:
    """The prices that variables complete, with the defaults of those, by operation (the node's ``id``)."""
    measuring = Measuring(schema, document)
    defined = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    operations = [each for each in defined if each.variable_definitions]
    prices = {id(each): (measuring.operation(each).price, _defaults(each)) for each in operations}
    return {key: (price, defaults) for key, (price, defaults) in prices.items() if price.parts}


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    given = {each.variable.name.value: each.default_value for each in operation.variable_definitions or ()}
    return {name: value_from_ast_untyped(value) for name, value in given.items() if value is not None}
