"""The settings of matching: thresholds set by hand and explainable one by one, and the weights of the release."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.matches import EvidenceKind
from services.matching.weights import Weight, Weights
from services.matching.weights_file import SHIPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentRule:
    """When a candidate that is no 100 % match is beyond reasonable doubt; see ``services.matching.confident``.

    ``threshold`` is the least score, ``margin`` how far it is ahead of the next, ``worst`` the most that any piece of
    evidence may speak against it (all in bits); ``groups`` is how many independent kinds of evidence have to agree,
    each with at least ``group_least`` bits. A score of 20 bits says that it is somebody else once in a million times.
    """

    threshold: float = 20.0
    margin: float = 8.0
    groups: int = 2
    group_least: float = 3.0
    worst: float = -3.0


EXACT_EVIDENCE = frozenset(
    {
        EvidenceKind.NAME,
        EvidenceKind.EMAIL,
        EvidenceKind.PHONE,
        EvidenceKind.ADDRESS,
        EvidenceKind.VAT_ID,
        EvidenceKind.BIRTH_DATE,
    }
)
"""The independent kinds of evidence that can make a 100 % match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSettings:
    """What a tenant can set about matching.

    ``threshold`` is the least score, in bits of evidence with the prior, for a record to be called similar.
    ``expected_matches`` is how many records a lead is expected to belong to (the prior is log2 of its share of all).
    """

    threshold: float = -3.0
    most_candidates: int = 10
    expected_matches: float = 0.5
    background_records: int = 1_000
    """Frequencies are blended with what this many records of an ordinary base would show, so that they mean something
    in a small one."""
    background_rare: float = 0.001
    """The share of ordinary records that have a word about which nothing is known."""
    background_common: float = 0.03
    """The same for words that many companies share."""
    weights: Weights = SHIPPED.weights
    factors: Mapping[EvidenceKind, Weight] = field(default_factory=dict)
    """What a tenant lets kinds of evidence count, as factors on their bits; those that are missing count 1."""
    exact_evidence: frozenset[EvidenceKind] = EXACT_EVIDENCE
    confident: ConfidentRule = field(default_factory=ConfidentRule)
    chooses_confident: bool = False
    """Whether a confident candidate is chosen without asking."""


DEFAULT_SETTINGS = MatchSettings()
