"""How a tenant's leads are matched, and what other settings would change."""

from datetime import datetime

import strawberry

import resolvers.matching_settings
from domain import matches, matching_settings, records
from schema.error_unions import PreviewMatchingSettingsError
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node
from schema.refs import LeadRef, UserRef


@strawberry.type(description="What one kind of evidence counts, as factors on its bits: 1 as it is, 0 not at all.")
class EvidenceWeight:
    """See the description."""

    kind: matches.EvidenceKind = strawberry.field(description="The kind of evidence.")
    agree: float = strawberry.field(description="The factor where the evidence speaks for the pair.")
    disagree: float = strawberry.field(description="The factor where the evidence speaks against the pair.")


@strawberry.type(description="How the tenant's leads are matched. Every saved version is kept.")
class MatchingSettings(Node):
    """See the description."""

    is_type_of = shows(records.Tenant)
    version: int = resolve(
        resolvers.matching_settings.version, "Counts how often settings were saved; 0 for the product's own."
    )
    auto_select: matching_settings.AutoSelect = resolve(
        resolvers.matching_settings.auto_select, "Which existing records are chosen without asking."
    )
    threshold: float = resolve(
        resolvers.matching_settings.threshold, "The least score, in bits, of a record that is called similar."
    )
    confident_threshold: float = resolve(
        resolvers.matching_settings.confident_threshold, "The least score, in bits, of a CONFIDENT candidate."
    )
    confident_margin: float = resolve(
        resolvers.matching_settings.confident_margin,
        "How many bits a CONFIDENT candidate is at least ahead of the second.",
    )
    exact_evidence: list[matches.EvidenceKind] = resolve(
        resolvers.matching_settings.exact_evidence,
        "The independent kinds of evidence of which two have to agree for a 100 % match. Each kind may contradict.",
    )
    weights: list[EvidenceWeight] = resolve(resolvers.matching_settings.weights, "What every kind of evidence counts.")
    default_country: str = strawberry.field(
        description="Where a phone number or VAT id without country belongs: a code of ISO 3166-1, such as DE."
    )
    saved_by: UserRef | None = resolve(
        resolvers.matching_settings.saved_by, "The user who saved this version; null for version 0."
    )
    saved_at: datetime | None = resolve(
        resolvers.matching_settings.saved_at, "When this version was saved; null for version 0."
    )


@strawberry.type(description="What a lead's look-up comes to under one version of the settings.")
class PreviewedOutcome:
    """See the description."""

    verdict: matches.Verdict = resolve(resolvers.matching_settings.outcome_verdict, "What is found, as a whole.")
    top: Node | None = resolve(resolvers.matching_settings.top, "The first candidate; null if there is none.")
    top_score: float | None = resolve(resolvers.matching_settings.top_score, "The first candidate's score, in bits.")
    chosen: Node | None = resolve(
        resolvers.matching_settings.chosen, "The existing record that is chosen automatically; null if there is none."
    )


@strawberry.type(description="A lead for which something would be different.")
class PreviewedChange:
    """See the description."""

    lead: LeadRef = strawberry.field(description="The lead that was looked up.")
    kind: records.RecordKind = strawberry.field(description="Whether accounts or contacts were looked for.")
    before: PreviewedOutcome = resolve(resolvers.matching_settings.before, "What the settings of now come to.")
    after: PreviewedOutcome = resolve(resolvers.matching_settings.after, "What the proposed settings come to.")


@strawberry.type(
    description="What other settings would change for recent leads. Look-ups are counted: two a lead, for accounts and "
    "for contacts, among the records of today."
)
class MatchingSettingsPreview:
    """See the description."""

    leads: int = strawberry.field(description="How many leads were looked up.")
    changed_leads: int = strawberry.field(description="How many leads something would be different for.")
    changed_verdicts: int = strawberry.field(description="How many look-ups would come to another verdict.")
    changed_tops: int = strawberry.field(description="How many look-ups would have another first candidate, or none.")
    changed_choices: int = strawberry.field(
        description="How many look-ups would choose another existing record automatically, or none."
    )
    chosen_before: int = strawberry.field(description="How many look-ups choose an existing record automatically now.")
    chosen_after: int = strawberry.field(description="How many look-ups would choose one with the proposed settings.")
    examples: list[PreviewedChange] = strawberry.field(
        description="At most twenty of what would be different, other choices first."
    )


@strawberry.type(description="What came of trying matching settings out.")
class PreviewMatchingSettingsAnswer:
    """See the description."""

    preview: MatchingSettingsPreview | None = strawberry.field(
        description="What would be different; null if the input is at fault."
    )
    errors: list[PreviewMatchingSettingsError] = strawberry.field(
        description="Why nothing was tried out; empty if it was."
    )
