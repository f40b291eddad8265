"""How two records compare, detail by detail, in the levels that weights are estimated for.

The levels are those of the product's own comparing: where a comparison pays one weight, it is made with weights that
are all different, and the bits tell which was paid. So what is estimated is what is scored.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.matches import Evidence, EvidenceCode
from services.matching import compare_addresses, compare_companies, compare_people, compare_reach
from services.matching.model import CompanyDocument, PersonDocument
from services.matching.rarity import Rarity
from services.matching.settings import MatchSettings
from services.matching.weights import by_name, from_names
from services.matching.weights_file import SHIPPED

Document = TypeVar("Document", CompanyDocument, PersonDocument)
Pattern = tuple[int, ...]
"""For each detail the place of its level; ``MISSING`` where a side lacks it."""

MISSING = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail(Generic[Document]):
    """One thing that is compared. ``levels`` go from agreement to disagreement and are named by the weights they pay;
    those in brackets pay none of their own.

    ``after`` names a detail that has to agree for this one to be scored: a house number says nothing on another street.
    ``is_part``: it is a part of another detail and does not tell true pairs itself; who moves changes every part of the
    address at once.
    """

    name: str
    levels: tuple[str, ...]
    compare: Callable[[Document, Document, Rarity], int]
    after: str = ""
    is_part: bool = False


def _in_order() -> dict[str, float]:
    """Other values for the weights, which are all different and in the order of the real ones."""
    weights = by_name(SHIPPED.weights)
    return {name: float(place) for place, name in enumerate(sorted(weights, key=lambda name: (weights[name], name)))}


_MARKS = _in_order()
_NAMES = {mark: name for name, mark in _MARKS.items()}
_MARKED = MatchSettings(weights=from_names(_MARKS))

_CLEARLY_SIMILAR = 0.75
"""Names that fit less share a part, as those of a family do."""
_NAME_LEVELS = ("(equal)", "(another form)", "(similar)", "(in part)", "(different)")
_IN_PART = 3
_LEVEL_OF_NAME = {
    EvidenceCode.NAME_EQUAL: 0,
    EvidenceCode.NAME_NICKNAME: 1,
    EvidenceCode.NAME_SWAPPED: 1,
    EvidenceCode.NAME_ACRONYM: 1,
    EvidenceCode.NAME_SIMILAR: 2,
    EvidenceCode.NAME_DIFFERENT: 4,
}
_ADDRESS_LEVELS = ("(equal)", "(similar)", "(same place)", "(different)")
_LEVEL_OF_ADDRESS = {
    EvidenceCode.ADDRESS_EQUAL: 0,
    EvidenceCode.ADDRESS_SIMILAR: 1,
    EvidenceCode.ADDRESS_SAME_PLACE: 2,
    EvidenceCode.ADDRESS_DIFFERENT: 3,
}


def _level_of_name(found: Evidence | None) -> int:
    if found is None:
        return MISSING
    is_in_part = found.code is EvidenceCode.NAME_SIMILAR and (found.similarity or 0.0) < _CLEARLY_SIMILAR
    return _IN_PART if is_in_part else _LEVEL_OF_NAME[found.code]


def _company_names(one: CompanyDocument, other: CompanyDocument, rarity: Rarity) -> int:
    return _level_of_name(compare_companies.compare_names(one, other, rarity))


def _people_names(one: PersonDocument, other: PersonDocument, rarity: Rarity) -> int:
    return _level_of_name(compare_people.compare_names(one, other, rarity))


def _addresses(one: CompanyDocument | PersonDocument, other: CompanyDocument | PersonDocument, rarity: Rarity) -> int:
    found = compare_addresses.compare_addresses(one, other, rarity.settings)
    return MISSING if found is None else _LEVEL_OF_ADDRESS[found.code]


def _paying(
    name: str,
    levels: tuple[str, ...],
    compare: Callable[[Document, Document, MatchSettings], Evidence | None],
    after: str = "",
) -> Detail[Document]:
    """A detail whose evidence pays one of the weights that its levels are named by."""
    places = {_MARKS[level]: place for place, level in enumerate(levels)}

    def level_of(one: Document, other: Document, _: Rarity) -> int:
        found = compare(one, other, _MARKED)
        return MISSING if found is None else places[found.bits]

    return Detail(name=name, levels=levels, compare=level_of, after=after)


def _part(
    name: str,
    similarity: Callable[[str, str], float | None],
    after: str = "",
) -> Detail[Document]:
    """A part of the address; what is similar pays a share of ``agree``."""

    def level_of(one: Document, other: Document, _: Rarity) -> int:
        found = similarity(getattr(one, name), getattr(other, name))
        return MISSING if found is None else 0 if found == 1.0 else 1 if found else 2

    # Nothing is scored for an equal country.
    best = f"({name} equal)" if name == "country" else f"{name}.agree"
    levels = (best, f"({name} similar)", f"{name}.disagree")
    return Detail(name=name, levels=levels, compare=level_of, after=after, is_part=True)


def _equality(one: str, other: str) -> float | None:
    return float(one == other) if one and other else None


def _address_details() -> tuple[Detail[Document], ...]:
    return (
        Detail(name="address", levels=_ADDRESS_LEVELS, compare=_addresses),
        _part("street", compare_addresses.street_similarity),
        _part("house_number", compare_addresses.number_similarity, after="street"),
        _part("postcode", compare_addresses.postcode_similarity),
        _part("city", compare_addresses.city_similarity),
        _part("region", _equality),
        _part("country", _equality),
    )


_COMPANY_PLACE: tuple[Detail[CompanyDocument], ...] = _address_details()
_PERSON_PLACE: tuple[Detail[PersonDocument], ...] = _address_details()
_PHONE = ("phone.agree", "phone_same_trunk", "phone.disagree")
_EMAIL = (
    "email.agree",
    "email_of_function",
    "email_same_mailbox",
    "colleague_domain",
    "email_same_name",
    "email.disagree",
)

ACCOUNT_DETAILS: tuple[Detail[CompanyDocument], ...] = (
    Detail(name="name", levels=_NAME_LEVELS, compare=_company_names),
    _paying("domain", ("domain.agree", "domain.disagree"), compare_companies.compare_domains),
    _paying("vat_id", ("vat_id.agree", "vat_id_mistyped", "vat_id.disagree"), compare_companies.compare_vat_ids),
    _paying("phone", _PHONE, compare_reach.compare_phones),
    _paying("legal_form", ("legal_form.agree", "legal_form.disagree"), compare_companies.compare_legal_forms, "name"),
    *_COMPANY_PLACE,
)
"""What accounts are compared by. E-mails are left out: where they differ, nothing is scored."""

CONTACT_DETAILS: tuple[Detail[PersonDocument], ...] = (
    Detail(name="name", levels=_NAME_LEVELS, compare=_people_names),
    _paying(
        "birth_date",
        ("birth_date.agree", "birth_date_similar", "birth_date.disagree"),
        compare_people.compare_birth_dates,
    ),
    _paying("email", _EMAIL, compare_reach.compare_emails),
    _paying("phone", _PHONE, compare_reach.compare_phones),
    *_PERSON_PLACE,
)
"""What contacts are compared by, without their accounts."""


def pattern_of(
    one: Document, other: Document, details: Sequence[Detail[Document]], rarity: Rarity, *, is_as_scored: bool
) -> Pattern:
    """The level of each detail.

    ``is_as_scored`` leaves out what is not scored because the detail before it disagrees. Of strangers everything is
    wanted: two of them on one street are as rarely in one house as any others, and pairs on one street are few.
    """
    found = {each.name: each.compare(one, other, rarity) for each in details}
    if is_as_scored:
        for each in details:
            if each.after and _disagrees(found[each.after], each.after, details):
                found[each.name] = MISSING
    return tuple(found.values())


def _disagrees(level: int, name: str, details: Sequence[Detail[Document]]) -> bool:
    levels = next(len(each.levels) for each in details if each.name == name)
    return level in {MISSING, levels - 1}
