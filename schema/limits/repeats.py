"""Fields that say the same in the same place, which validation compares with each other, pair by pair."""

from collections.abc import Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)


def count_repeats(document: DocumentNode, ceiling: int) -> int:
    """How many pairs of fields of one name stand in one place, fragments written out; counts little beyond ``ceiling``.

    Selections are merged level by level, as an executor would (the specification, 6.3.2 "Field Collection"), so that a
    field is met as often as it is executed at most; looking at a field counts as well, so that the work is bounded.
    """
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    places: list[Sequence[SelectionSetNode]] = [
        [each.selection_set]
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    repeats = looked_at = 0
    while places and repeats <= ceiling and looked_at <= 4 * ceiling:
        for fields in _collect(places.pop(), fragments).values():
            looked_at += len(fields)
            repeats += len(fields) * (len(fields) - 1) // 2
            below = [each.selection_set for each in fields if each.selection_set]
            if below:
                places.append(below)
    return ceiling + 1 if places else repeats


def _collect(
    selection_sets: Sequence[SelectionSetNode], fragments: dict[str, FragmentDefinitionNode]
) -> dict[str, list[FieldNode]]:
    """The fields of one place by the name they answer under; each fragment is spread once."""
    collected: dict[str, list[FieldNode]] = {}
    spread: set[str] = set()
    waiting = [*selection_sets]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                collected.setdefault((node.alias or node.name).value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                waiting.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                waiting += [fragments[node.name.value].selection_set] if node.name.value in fragments else []
    return collected
