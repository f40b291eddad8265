"""The settings of matching: weights in bits and thresholds, set by hand and explainable one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.matches import EvidenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Bits for agreement and (negative) for disagreement of one kind of detail."""

    agree: float
    disagree: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log2 likelihood ratios (Fellegi & Sunter 1969). ``agree`` of a name is what its words' rarity adds up to.

    A disagreement costs what it is worth given how often true pairs disagree: e-mails and phones change and people have
    several (little), birth dates do not (much).
    """

    email: Weight = Weight(agree=15.0, disagree=-2.0)
    email_of_function: float = 9.0
    email_same_mailbox: float = 6.0
    domain: Weight = Weight(agree=11.0, disagree=-3.0)
    colleague_domain: float = 4.0
    phone: Weight = Weight(agree=14.0, disagree=-1.0)
    phone_same_trunk: float = 8.0
    vat_id: Weight = Weight(agree=20.0, disagree=-10.0)
    vat_id_mistyped: float = 8.0
    birth_date: Weight = Weight(agree=13.0, disagree=-5.0)
    birth_date_similar: float = 7.0
    legal_form: Weight = Weight(agree=1.0, disagree=-2.5)
    street: Weight = Weight(agree=8.0, disagree=-2.0)
    house_number: Weight = Weight(agree=3.5, disagree=-1.5)
    postcode: Weight = Weight(agree=8.0, disagree=-1.5)
    city: Weight = Weight(agree=6.0, disagree=-1.5)
    region: Weight = Weight(agree=1.5, disagree=-0.5)
    country: Weight = Weight(agree=0.0, disagree=-3.0)
    address_most: float = 18.0
    address_least: float = -5.0
    name_most: float = 26.0
    name_least: float = -8.0
    acronym: float = 7.0
    person_most: float = 12.0
    company_most: float = 10.0
    company_least: float = -2.0
    swapped_names: float = -2.0
    other_generation: float = -8.0
    relative_most: float = 1.0
    """The score that somebody with another first name can reach: households and colleagues share everything else."""
    unmatched_word: float = 0.55
    """The share of its rarity that a name's word costs when the other side lacks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentRule:
    """When a candidate that is no 100 % match is beyond reasonable doubt; see ``services.matching.confident``.

    ``threshold`` is the least score, ``margin`` how far it is ahead of the next, ``worst`` the most that any piece of
    evidence may speak against it (all in bits); ``groups`` is how many independent kinds of evidence have to agree,
    each with at least ``group_least`` bits.
    """

    threshold: float = 30.0
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
    weights: Weights = field(default_factory=Weights)
    factors: Mapping[EvidenceKind, Weight] = field(default_factory=dict)
    """What a tenant lets kinds of evidence count, as factors on their bits; those that are missing count 1."""
    exact_evidence: frozenset[EvidenceKind] = EXACT_EVIDENCE
    confident: ConfidentRule = field(default_factory=ConfidentRule)
    chooses_confident: bool = False
    """Whether a confident candidate is chosen without asking."""


DEFAULT_SETTINGS = MatchSettings()
