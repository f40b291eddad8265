"""Why a record is, or is not, among what a lead may belong to."""

from dataclasses import dataclass
from enum import Enum

from domain.matches import Band, Evidence, EvidenceKind
from domain.records import Account, Contact, Lead


class ExactFailure(Enum):
    """Which part of the 100 % rule a pair does not fulfil."""

    PRIVATE_PERSON = "private_person"
    """The lead names no company, so no account is its match."""
    CONTRADICTION = "contradiction"
    """A detail that both sides have differs."""
    TOO_LITTLE_AGREES = "too_little_agrees"
    """Fewer than two independent kinds of evidence agree, of those that count."""
    NOTHING_NAMES = "nothing_names"
    """What agrees tells a household or a building, but names neither company nor person."""
    RIVALLED = "rivalled"
    """Another record agrees in all of it as well, so it does not tell the two apart."""


class Absence(Enum):
    """Why a record is not among the candidates."""

    PRIVATE_PERSON = "private_person"
    PRIVATE_CUSTOMERS = "private_customers"
    DISMISSED = "dismissed"
    NOT_INDEXED = "not_indexed"
    NO_SHARED_KEY = "no_shared_key"
    TOO_FREQUENT_KEYS = "too_frequent_keys"
    LOOSE_KEYS_NOT_ASKED = "loose_keys_not_asked"
    BELOW_THRESHOLD = "below_threshold"
    BEYOND_THE_LIST = "beyond_the_list"
    CROWDED_OUT = "crowded_out"


class KeyUse(Enum):
    """Whether a shared key brings the two together."""

    USED = "used"
    TOO_FREQUENT = "too_frequent"
    PARTLY_READ = "partly_read"
    NOT_ASKED = "not_asked"


class KeyEvidence(Enum):
    """Kinds of evidence that keys stand for; within one of them the best key counts full and the others a quarter."""

    NAME = "name"
    PERSON = "person"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    ID = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactJudgement:
    """What every kind of detail says about a 100 % match; ``failure`` is None if it is one."""

    agreeing: tuple[EvidenceKind, ...] = ()
    contradicting: tuple[EvidenceKind, ...] = ()
    silent: tuple[EvidenceKind, ...] = ()
    failure: ExactFailure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedKey:
    """A key that lead and record have in common.

    ``family`` is what it is made of ("" if this is not known any more) and ``value`` what that comes to; ``weight`` is
    in bits; ``contact_id`` is the account's contact who carries it (None: the record itself).
    """

    family: str
    value: str
    evidence: KeyEvidence
    tier: int
    frequency: int
    weight: float
    use: KeyUse
    contact_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingDetail:
    """A kind of detail that could have been compared, had both sides had it."""

    kind: EvidenceKind
    is_missing_in_lead: bool
    is_missing_in_record: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchExplanation:
    """Everything about one pair. ``score`` is the sum of ``prior`` and the bits of the evidence.

    ``rank`` is None for a record that is no candidate; ``absence`` then says why, and ``band`` is None.
    """

    lead: Lead
    record: Account | Contact
    rank: int | None
    absence: Absence | None
    band: Band | None
    score: float
    prior: float
    threshold: float
    evidence: tuple[Evidence, ...]
    exactness: ExactJudgement
    shared_keys: tuple[SharedKey, ...]
    missing: tuple[MissingDetail, ...]
    snapshot: int
    settings_version: int
