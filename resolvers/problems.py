"""The fields of problems that are not simply their own values."""

from collections.abc import Awaitable

import strawberry

from domain import texts
from domain.acceptance import RemainingDecision
from domain.problems import CandidatesChanged, DecisionsRemain, Problem, RecordChanged
from resolvers.acceptance import Remaining
from resolvers.changed_fields import ChangedField, changed_field
from resolvers.context import Info
from resolvers.global_ids import Node
from resolvers.nodes import RECORD_KINDS, load_node


def message(root: strawberry.Parent[Problem], info: Info) -> str:
    """What a user reads about the problem."""
    return texts.problem_text(root, info.context.language)


def remaining_decisions(root: strawberry.Parent[DecisionsRemain]) -> list[Remaining[RemainingDecision]]:
    """What is left to decide."""
    return [Remaining(root.lead, each) for each in root.remaining]


def candidates(root: strawberry.Parent[CandidatesChanged], info: Info) -> list[Awaitable[Node | None]]:
    """The records that have appeared."""
    kind = RECORD_KINDS[root.kind]
    return [load_node(info.context, kind, each) for each in root.record_ids]


def changed_fields(root: strawberry.Parent[RecordChanged]) -> list[ChangedField]:
    """The decided fields that were changed."""
    return [changed_field(each) for each in root.fields]
