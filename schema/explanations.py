"""Why a record is, or is not, among what a lead may belong to."""

import strawberry

import resolvers.explanations
from domain import explanations, matches
from schema.fields import resolve
from schema.matches import PRIOR, Evidence
from schema.node import Node
from schema.refs import ContactRef, LeadRef


@strawberry.type(description="A key that lead and record have in common. Records are looked for by such keys.")
class SharedMatchKey:
    """See the description."""

    family: str = strawberry.field(
        description='What the key is made of, for programs, such as "company+city"; empty where it is not known.'
    )
    message: str = resolve(
        resolvers.explanations.key_message,
        "What the key is made of, for people: in the language of the request, or else the user's.",
    )
    value: str = strawberry.field(description="What that comes to here, normalised; parts are divided by `|`.")
    evidence: explanations.KeyEvidence = strawberry.field(description="The kind of evidence that it stands for.")
    tier: int = strawberry.field(
        description="1 for keys that are always looked for, 2 for those that are where tier 1 finds nothing."
    )
    frequency: int = strawberry.field(
        description="How many records have it, by the statistics; 1 for what they do not know yet."
    )
    weight: float = strawberry.field(description="How much it counts, in bits: log2(records / frequency).")
    use: explanations.KeyUse = strawberry.field(description="What became of it, for programs.")
    use_message: str = resolve(
        resolvers.explanations.key_use_message,
        "What became of it, for people: in the language of the request, or else the user's.",
    )
    contact: ContactRef | None = resolve(
        resolvers.explanations.key_contact,
        "The contact of the account who carries it; null where the record does itself.",
    )


@strawberry.type(description="A kind of detail that could not be compared, because at least one side lacks it.")
class MissingMatchDetail:
    """See the description."""

    kind: matches.EvidenceKind = strawberry.field(description="The kind of detail.")
    is_missing_in_lead: bool = strawberry.field(description="Whether the lead lacks it.")
    is_missing_in_record: bool = strawberry.field(description="Whether the record lacks it.")


@strawberry.type(
    description="The 100 % rule, held against a pair: nothing contradicts, and two independent kinds of evidence agree."
)
class ExactJudgement:
    """See the description."""

    is_exact: bool = resolve(resolvers.explanations.is_exact, "Whether the pair is a 100 % match.")
    agreeing: list[matches.EvidenceKind] = strawberry.field(description="Kinds of detail that agree.")
    contradicting: list[matches.EvidenceKind] = strawberry.field(description="Kinds of detail that contradict.")
    silent: list[matches.EvidenceKind] = strawberry.field(
        description="Kinds of detail that say nothing, most often because a side lacks them."
    )
    failure: explanations.ExactFailure | None = strawberry.field(
        description="What keeps the pair from being a 100 % match, for programs; null if it is one."
    )
    message: str | None = resolve(
        resolvers.explanations.failure_message,
        "What keeps it from that, for people: in the language of the request, or else the user's.",
    )


@strawberry.type(description="Why a record is, or is not, among what a lead may belong to.")
class MatchExplanation:
    """See the description."""

    lead: LeadRef = strawberry.field(description="The lead.")
    record: Node = strawberry.field(description="The account or contact.")
    rank: int | None = strawberry.field(description="Its place among the candidates, from 1; null if it is none.")
    absence: explanations.Absence | None = strawberry.field(
        description="Why it is no candidate, for programs; null if it is one."
    )
    absence_message: str | None = resolve(
        resolvers.explanations.absence_message,
        "Why it is no candidate, for people: in the language of the request, or else the user's.",
    )
    band: matches.Band | None = strawberry.field(description="How sure the match is; null if it is no candidate.")
    score: float = strawberry.field(description="The prior and the bits of all evidence, summed.")
    prior: float = strawberry.field(description=PRIOR)
    threshold: float = strawberry.field(description="The least score of a candidate that is no 100 % match.")
    evidence: list[Evidence] = strawberry.field(description="Every piece of evidence that the score is made of.")
    exactness: ExactJudgement = strawberry.field(description="What the 100 % rule says about it.")
    shared_keys: list[SharedMatchKey] = strawberry.field(
        description="The keys that both have, also those that were left out; the most telling of each tier first."
    )
    missing: list[MissingMatchDetail] = strawberry.field(description="What could not be compared.")
    snapshot: int = strawberry.field(description="The number of the frequency statistics that were used.")
    settings_version: int = strawberry.field(description="The version of the matching settings that were used.")
