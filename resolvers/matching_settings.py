"""A tenant's matching settings, as they work, and what others would change."""

from collections.abc import Awaitable
from dataclasses import dataclass

import strawberry

from domain.matches import EvidenceKind
from domain.matching_settings import AutoSelect, EvidenceWeight
from domain.problems import Problem, Refused
from domain.records import Account, Contact, RecordKind, Tenant, User
from domain.settings_previews import PreviewedChange, PreviewedOutcome, SettingsPreview
from resolvers.context import Info, RequestContext, then
from resolvers.nodes import RECORD_KINDS, load_node
from services import lookups
from services.matching.tenant_settings import match_settings
from services.matching_settings import PreviewMatchingSettings, preview_matching_settings

Root = strawberry.Parent[Tenant]


def matching_settings(info: Info) -> Awaitable[Tenant | None]:
    """The tenant, read afresh: whoever changes settings wants to see those of now."""
    return info.context.load(lookups.tenants_by_id, info.context.tenant_id)


def version(root: Root) -> int:
    """How often settings have been saved."""
    return root.matching.version


def auto_select(root: Root) -> AutoSelect:
    """What is chosen without asking."""
    return root.matching.auto_select


def threshold(root: Root) -> float:
    """The least score of a similar record."""
    return match_settings(root.matching).threshold


def confident_threshold(root: Root) -> float:
    """The least score of a confident candidate."""
    return match_settings(root.matching).confident.threshold


def confident_margin(root: Root) -> float:
    """How far a confident candidate is ahead of the next."""
    return match_settings(root.matching).confident.margin


def exact_evidence(root: Root) -> list[EvidenceKind]:
    """The kinds of evidence that count for 100 %, in a fixed order."""
    counting = match_settings(root.matching).exact_evidence
    return [each for each in EvidenceKind if each in counting]


def weights(root: Root) -> list[EvidenceWeight]:
    """What every kind of evidence counts."""
    given = {each.kind: each for each in root.matching.weights}
    return [given.get(each) or EvidenceWeight(kind=each) for each in EvidenceKind]


def saved_by(root: Root, info: Info) -> Awaitable[User | None] | None:
    """Who saved this version."""
    return info.context.load_if(lookups.users_by_id, root.matching.saved_by_id)


def saved_at(root: Root) -> object:
    """When this version was saved."""
    return root.matching.saved_at


@dataclass(frozen=True, slots=True)
class PreviewAnswer:
    """A preview, or why there is none."""

    preview: SettingsPreview | None = None
    errors: tuple[Problem, ...] = ()


async def perform_preview(context: RequestContext, command: PreviewMatchingSettings) -> PreviewAnswer:
    """Try settings out."""
    try:
        return PreviewAnswer(await preview_matching_settings(context.backend, context.actor, command))
    except Refused as refused:
        return PreviewAnswer(errors=refused.problems)


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """An outcome, and the kind of record it is about."""

    kind: RecordKind
    outcome: PreviewedOutcome


def before(root: strawberry.Parent[PreviewedChange]) -> ShownOutcome:
    """What the settings of now come to."""
    return ShownOutcome(root.kind, root.before)


def after(root: strawberry.Parent[PreviewedChange]) -> ShownOutcome:
    """What the proposed settings come to."""
    return ShownOutcome(root.kind, root.after)


def outcome_verdict(root: strawberry.Parent[ShownOutcome]) -> object:
    """What was found as a whole."""
    return root.outcome.verdict


def top_score(root: strawberry.Parent[ShownOutcome]) -> float | None:
    """The score of the first candidate."""
    return root.outcome.top_score


def top(root: strawberry.Parent[ShownOutcome], info: Info) -> Awaitable[Account | Contact | None] | None:
    """The first candidate."""
    return _record(root, info, root.outcome.top_id)


def chosen(root: strawberry.Parent[ShownOutcome], info: Info) -> Awaitable[Account | Contact | None] | None:
    """The existing record that is chosen automatically."""
    return _record(root, info, root.outcome.chosen_id)


def _record(root: ShownOutcome, info: Info, record_id: int | None) -> Awaitable[Account | Contact | None] | None:
    if record_id is None:
        return None
    return then(
        load_node(info.context, RECORD_KINDS[root.kind], record_id),
        lambda found: found if isinstance(found, Account | Contact) else None,
    )
