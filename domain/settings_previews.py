"""What other matching settings would change for leads that are there."""

from dataclasses import dataclass

from domain.matches import Verdict
from domain.records import Lead, RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedOutcome:
    """What a look-up comes to; ids are None where there is no such record."""

    verdict: Verdict
    top_id: int | None
    top_score: float | None
    chosen_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedChange:
    """A lead's look-up among one kind of record, by the settings as they are and as they are proposed."""

    lead: Lead
    kind: RecordKind
    before: PreviewedOutcome
    after: PreviewedOutcome

    @property
    def is_other_verdict(self) -> bool:
        """Whether something else would be found as a whole."""
        return self.before.verdict is not self.after.verdict

    @property
    def is_other_top(self) -> bool:
        """Whether another record, or none, would come first."""
        return self.before.top_id != self.after.top_id

    @property
    def is_other_choice(self) -> bool:
        """Whether another existing record, or none, would be chosen automatically."""
        return self.before.chosen_id != self.after.chosen_id

    @property
    def is_change(self) -> bool:
        """Whether anything of this would be different."""
        return self.is_other_verdict or self.is_other_top or self.is_other_choice


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPreview:
    """What would be different, counted over look-ups (two for every lead: accounts and contacts), with examples.

    ``chosen_before`` and ``chosen_after`` are the look-ups in which an existing record is chosen automatically.
    """

    leads: int
    changed_leads: int
    changed_verdicts: int
    changed_tops: int
    changed_choices: int
    chosen_before: int
    chosen_after: int
    examples: tuple[PreviewedChange, ...]
