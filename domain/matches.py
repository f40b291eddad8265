"""What a similarity look-up answers: ranked candidates with their evidence."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Band(Enum):
    """How sure a match is."""

    EXACT = "exact"
    """100 %: every identifying detail both sides have is equal, and two independent kinds of evidence agree."""
    CONFIDENT = "confident"
    """Not 100 %, but so much evidence, and so much more than for any other record, that no doubt remains."""
    SIMILAR = "similar"
    """Enough evidence to be worth a look."""


class Verdict(Enum):
    """What a look-up found, as a whole."""

    EXACT = "exact"
    """Exactly one 100 % match."""
    SEVERAL_EXACT = "several_exact"
    """Two or more 100 % matches: a user decides."""
    CONFIDENT = "confident"
    """No 100 % match, but a confident one, and the tenant lets it be chosen automatically."""
    SIMILAR = "similar"
    """Similar ones only: a user decides."""
    NONE = "none"
    """Nothing similar."""
    PRIVATE_PERSON = "private_person"
    """Accounts only: the lead names no company, so it belongs to the private customers' account."""


class EvidenceKind(Enum):
    """Kinds of evidence; pieces of different kinds are independent of each other."""

    NAME = "name"
    """The company's or the person's name."""
    PERSON = "person"
    """A contact of the account is the lead's person."""
    EMAIL = "email"
    DOMAIN = "domain"
    PHONE = "phone"
    ADDRESS = "address"
    VAT_ID = "vat_id"
    BIRTH_DATE = "birth_date"
    LEGAL_FORM = "legal_form"
    COMPANY = "company"
    """The contact's account is the lead's company."""


class EvidenceCode(Enum):
    """What a piece of evidence says, as a message code; the texts are in ``domain.texts``."""

    NAME_EQUAL = "name_equal"
    NAME_SIMILAR = "name_similar"
    NAME_SWAPPED = "name_swapped"
    NAME_NICKNAME = "name_nickname"
    NAME_ACRONYM = "name_acronym"
    NAME_IN_EMAIL = "name_in_email"
    NAME_DIFFERENT = "name_different"
    FIRST_NAME_DIFFERENT = "first_name_different"
    PERSON_EQUAL = "person_equal"
    PERSON_SIMILAR = "person_similar"
    EMAIL_EQUAL = "email_equal"
    EMAIL_SIMILAR = "email_similar"
    EMAIL_DIFFERENT = "email_different"
    DOMAIN_EQUAL = "domain_equal"
    DOMAIN_DIFFERENT = "domain_different"
    PHONE_EQUAL = "phone_equal"
    PHONE_SAME_TRUNK = "phone_same_trunk"
    PHONE_DIFFERENT = "phone_different"
    ADDRESS_EQUAL = "address_equal"
    ADDRESS_SIMILAR = "address_similar"
    ADDRESS_SAME_PLACE = "address_same_place"
    ADDRESS_DIFFERENT = "address_different"
    VAT_ID_EQUAL = "vat_id_equal"
    VAT_ID_SIMILAR = "vat_id_similar"
    VAT_ID_DIFFERENT = "vat_id_different"
    BIRTH_DATE_EQUAL = "birth_date_equal"
    BIRTH_DATE_SIMILAR = "birth_date_similar"
    BIRTH_DATE_DIFFERENT = "birth_date_different"
    LEGAL_FORM_EQUAL = "legal_form_equal"
    LEGAL_FORM_DIFFERENT = "legal_form_different"
    COMPANY_EQUAL = "company_equal"
    COMPANY_SIMILAR = "company_similar"
    COMPANY_MISSING = "company_missing"


class Evidence(NamedTuple):
    """One piece of evidence for (positive ``bits``) or against (negative) two records being the same.

    ``bits`` is a log2 likelihood ratio (Fellegi & Sunter 1969); ``similarity`` is 0 to 1. A tuple, because a page of
    leads makes thousands, and a frozen dataclass takes three times as long to make.
    """

    kind: EvidenceKind
    code: EvidenceCode
    bits: float
    lead_value: str | None = None
    existing_value: str | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An existing record that the lead may belong to. ``score`` is in bits; ranks start at 1.

    ``score`` is the sum of ``prior`` and the bits of the evidence. ``account_id`` is the account of a contact; for an
    account it is its own id.
    """

    record_id: int
    record_version: int
    rank: int
    score: float
    band: Band
    evidence: tuple[Evidence, ...] = ()
    account_id: int | None = None
    prior: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """The answer for one lead and one kind of record: at most ten candidates, best first.

    ``snapshot`` names the frequency statistics the scores were made with, ``tier`` the keys that were asked last: 2
    where the first found nothing. ``dismissed`` are the ids of records that were met and left out, because a user has
    said that the lead is none of them; ``dismissed_here`` are those of which it was said of this very lead, and not of
    another one with the same details.
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    snapshot: int = 0
    dismissed: tuple[int, ...] = ()
    dismissed_here: tuple[int, ...] = ()
    tier: int = 1

    @property
    def exact(self) -> tuple[Candidate, ...]:
        """The candidates that are 100 % matches."""
        return tuple(each for each in self.candidates if each.band is Band.EXACT)

    @property
    def chosen(self) -> Candidate | None:
        """The candidate that the rules choose; None where a user decides or a new record is created."""
        return self.candidates[0] if self.verdict in {Verdict.EXACT, Verdict.CONFIDENT} else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadMatches:
    """What was found for one lead among accounts and among contacts."""

    accounts: Matches
    contacts: Matches
