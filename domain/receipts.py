"""What a mutation answers with: which records it wrote, in which version."""

from dataclasses import dataclass

from domain.records import RecordKind


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record in one of its versions."""

    kind: RecordKind
    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The records that a mutation answers with, re-read by whoever asks for them. At most one of each kind."""

    records: tuple[RecordRef, ...]

    def id_of(self, kind: RecordKind) -> int | None:
        """The id of the record of this kind, or None."""
        return next((each.id for each in self.records if each.kind is kind), None)
