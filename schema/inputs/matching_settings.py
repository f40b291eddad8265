"""The inputs that change matching settings, or try them out."""

import strawberry

from domain.drafts import MatchingSettingsPatch
from domain.matches import EvidenceKind
from domain.matching_settings import AutoSelect, EvidenceWeight
from resolvers.arguments import search_text
from schema.inputs.filters import LeadFilterInput
from schema.inputs.given import Optional, given, optional, required, value
from schema.inputs.mutations import KEY, VERSION
from services.matching_settings import MOST_PREVIEWED, PreviewMatchingSettings, SaveMatchingSettings


@strawberry.input(description="What a kind of evidence counts: factors on its bits, from 0 (not at all) to 3.")
class EvidenceWeightInput:
    """See the description."""

    kind: EvidenceKind = required("The kind of evidence; each at most once.")
    agree: Optional[float] = optional("The factor where the evidence speaks for the pair; 1 if left out.")
    disagree: Optional[float] = optional("The factor where the evidence speaks against the pair; 1 if left out.")

    def weight(self) -> EvidenceWeight:
        """The weight as given."""
        agree, disagree = value(self.agree), value(self.disagree)
        return EvidenceWeight(
            kind=self.kind,
            agree=1.0 if agree is None else agree,
            disagree=1.0 if disagree is None else disagree,
        )


@strawberry.input(
    description="What to change of the matching settings: what is left out stays, null goes back to the default."
)
class MatchingSettingsPatchInput:
    """See the description."""

    auto_select: Optional[AutoSelect] = optional("Which existing records are chosen without asking.")
    threshold: Optional[float] = optional("The least score of a similar record, in bits: -20 to 20.")
    confident_threshold: Optional[float] = optional("The least score of a CONFIDENT candidate, in bits: 10 to 60.")
    confident_margin: Optional[float] = optional("How far it is ahead of the second, in bits: 4 to 40.")
    exact_evidence: Optional[list[EvidenceKind]] = optional(
        "The kinds that count for a 100 % match, of NAME, EMAIL, PHONE, ADDRESS, VAT_ID and BIRTH_DATE: at least two, "
        "and one other than PHONE and ADDRESS."
    )
    weights: Optional[list[EvidenceWeightInput]] = optional(
        "What kinds of evidence count; the list is replaced whole, and a kind that is missing counts 1."
    )
    default_country: Optional[str] = optional(
        "Where a phone number without country belongs. Records that are there are read by it once they change or the "
        "index is built again."
    )

    def patch(self) -> MatchingSettingsPatch:
        """The change as given."""
        values = given(self)
        if values.get("weights") is not None:
            values["weights"] = tuple(each.weight() for each in values["weights"])
        if values.get("exact_evidence") is not None:
            values["exact_evidence"] = tuple(values["exact_evidence"])
        return MatchingSettingsPatch(**values)


@strawberry.input(description="What to change of the matching settings.")
class SaveMatchingSettingsInput:
    """See the description."""

    settings: MatchingSettingsPatchInput = required("What changes.")
    expected_version: Optional[int] = optional(VERSION)
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> SaveMatchingSettings:
        """What the service is told."""
        return SaveMatchingSettings(settings=self.settings.patch(), expected_version=value(self.expected_version))


@strawberry.input(description="Which settings to try out, and on which leads.")
class PreviewMatchingSettingsInput:
    """See the description."""

    settings: MatchingSettingsPatchInput = required("What would change.")
    count: Optional[int] = optional(f"How many of the newest leads to look up: 1 to {MOST_PREVIEWED}, which is usual.")
    filter: Optional[LeadFilterInput] = optional("Which leads to look up; usually all but converted and expired ones.")

    def command(self) -> PreviewMatchingSettings:
        """What the service is told. Raises ``RequestError`` for a bad id in the filter."""
        count, filter_ = value(self.count), value(self.filter)
        chosen = {} if filter_ is None else {"filter": filter_.conditions()}
        return PreviewMatchingSettings(
            settings=self.settings.patch(),
            count=MOST_PREVIEWED if count is None else count,
            search=search_text(value(filter_.search) if filter_ else None),
            **chosen,
        )
