"""The one rule that keeps documents within the ceilings."""

from collections.abc import Iterator

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode, ValidationRule

from schema.limits import ceilings
from schema.limits.measuring import Measure, Measuring
from schema.limits.prices import Price
from schema.limits.refusals import LimitPassedError
from schema.limits.repeats import count_repeats


class WithinLimits(ValidationRule):
    """Ends the validation of a document that passes a ceiling, before any other rule has looked at it.

    The rules of one validation walk through a document together, so the order alone would not keep the expensive ones
    from it. The class takes no settings: caches of validations know it by what it is.
    """

    def enter_document(self, node: DocumentNode, *_: object) -> None:
        """Measure the document. Raises ``LimitPassedError``, which ends the validation and is its last error."""
        check_definitions(node)
        for measure in _measure_all(self.context.schema, node):
            check_price(measure.price)
        if count_repeats(node, ceilings.MAX_REPEATS) > ceilings.MAX_REPEATS:
            raise LimitPassedError("The document has too many fields of the same name in the same place.")


def _measure_all(schema: GraphQLSchema, document: DocumentNode) -> Iterator[Measure]:
    measuring = Measuring(schema, document)
    for each in document.definitions:
        if isinstance(each, FragmentDefinitionNode):
            yield measuring.fragment(each.name.value)
        elif isinstance(each, OperationDefinitionNode):
            yield measuring.operation(each)


def check_definitions(document: DocumentNode) -> None:
    """Raise ``LimitPassedError`` for too many operations or fragments."""
    fragments = sum(isinstance(each, FragmentDefinitionNode) for each in document.definitions)
    if fragments > ceilings.MAX_FRAGMENTS:
        raise LimitPassedError(f"The document has more than {ceilings.MAX_FRAGMENTS} fragments.")
    if len(document.definitions) - fragments > ceilings.MAX_OPERATIONS:
        raise LimitPassedError(f"The document has more than {ceilings.MAX_OPERATIONS} operations.")


def check_price(price: Price) -> None:
    """Raise ``LimitPassedError`` if so many objects or values are not answered at once; gaps count nothing."""
    for found, most, what in (
        (price.nodes, ceilings.MAX_NODES, "objects"),
        (price.cost, ceilings.MAX_COST, "values, by what they cost,"),
    ):
        if found > most:
            raise LimitPassedError(
                f"With full lists the answer could hold {found} {what} and {most} are served: ask for shorter lists."
            )
