"""Composes the demo's leads: for every branch of the flow, what somebody would have entered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from bench.crm.addresses import slug
from bench.crm.corruptions import CORRUPTIONS
from bench.crm.generator import Crm
from bench.crm.leads import ELSEWHERE
from bench.crm.lines import draw_mobile, write_line
from bench.crm.model import GeneratedAccount, GeneratedContact, GeneratedLead, Situation, Truth
from bench.crm.streets import draw_address, draw_place
from bench.crm.views import as_business_lead, as_emails, as_phones, as_private_lead
from bench.crm.world import draw_employee
from bench.demo.model import Branch
from bench.demo.people import Pair, full_pairs, full_private_persons
from domain.records import Company, Person
from domain.values import PhoneKind

_KNOWN = Truth(situation=Situation.KNOWN)
_KNOWN_PRIVATE = Truth(situation=Situation.KNOWN_PRIVATE)


@dataclass(slots=True)
class Cast:
    """Who takes part: pairs and persons not yet told of, and what has to be there for the leads besides the CRM."""

    crm: Crm
    rng: Random
    pairs: Iterator[Pair]
    persons: Iterator[GeneratedContact]
    strangers: Iterator[int] = field(default_factory=lambda: iter(range(ELSEWHERE, 2 * ELSEWHERE)))
    twins: list[GeneratedAccount | GeneratedContact] = field(default_factory=list)
    with_open_case: list[str] = field(default_factory=list)


def open_cast(crm: Crm, rng: Random) -> Cast:
    """Everybody of the CRM who is known in detail."""
    return Cast(crm, rng, full_pairs(crm), full_private_persons(crm))


def _country(record: GeneratedLead | GeneratedAccount) -> str:
    return (record.address and record.address.country) or "DE"


def _as_person(contact: GeneratedContact) -> Person:
    return Person(
        salutation=contact.salutation,
        title=contact.title,
        first_name=contact.first_name,
        last_name=contact.last_name,
        birth_date=contact.birth_date,
    )


def _tell(pair: Pair) -> GeneratedLead:
    """Tell of an account and its contact exactly what the CRM knows."""
    account, contact = pair.account, pair.contact
    numbers = (*contact.phones[:1], *account.phones[:1])
    return GeneratedLead(
        key=contact.key,
        truth=_KNOWN,
        company=Company(name=account.name, website=account.website),
        person=_as_person(contact),
        emails=as_emails(contact.emails[0].address, account.emails[0].address),
        phones=as_phones(*((phone.number, phone.kind) for phone in numbers)),
        address=account.address,
    )


def _exact(cast: Cast, _turn: int) -> GeneratedLead:
    return _tell(next(cast.pairs))


_DAMAGES = (
    ("legal_form_missing", "moved"),
    ("legal_form_changed", "moved"),
    ("umlaut_spelling", "moved"),
    ("typo",),
    ("freemail", "typo"),
    ("nickname", "moved"),
    ("swapped_names", "moved"),
    ("double_name_half", "moved"),
    ("upper_case", "typo"),
    ("abbreviation", "initial", "phone_format"),
)


def _damage(rng: Random, lead: GeneratedLead, names: tuple[str, ...]) -> GeneratedLead | None:
    for name in names:
        changed = CORRUPTIONS[name][1](rng, lead)
        if changed == lead:
            return None
        lead = changed
    return replace(lead, corruptions=names)


def _similar(cast: Cast, turn: int) -> GeneratedLead:
    names = _DAMAGES[turn % len(_DAMAGES)]
    return next(damaged for pair in cast.pairs if (damaged := _damage(cast.rng, _tell(pair), names)))


def _none(cast: Cast, _turn: int) -> GeneratedLead:
    firm = cast.crm.firm(next(cast.strangers))
    truth = Truth(situation=Situation.UNKNOWN)
    return as_business_lead(cast.rng, "", truth, firm, draw_employee(cast.rng, firm))


def _several_exact(cast: Cast, turn: int) -> GeneratedLead:
    pair = next(cast.pairs)
    twin = pair.contact if turn % 4 == 3 else pair.account
    cast.twins.append(replace(twin, key=f"{twin.key}-twin"))
    return _tell(pair)


def _tell_private(contact: GeneratedContact) -> GeneratedLead:
    return GeneratedLead(
        key=contact.key,
        truth=_KNOWN_PRIVATE,
        person=_as_person(contact),
        emails=contact.emails,
        phones=contact.phones[:1],
        address=contact.address,
    )


def _private_known(cast: Cast, turn: int) -> GeneratedLead:
    lead = _tell_private(next(cast.persons))
    if turn % 2 == 0:
        return lead
    place = draw_place(cast.rng, _country(lead))
    return replace(lead, address=draw_address(cast.rng, place))


def _private_new(cast: Cast, _turn: int) -> GeneratedLead:
    stranger = cast.crm.private_person(next(cast.strangers))
    return as_private_lead(cast.rng, "", Truth(situation=Situation.UNKNOWN_PRIVATE), stranger)


def _with_new_mobile(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    number = write_line(rng, draw_mobile(rng, _country(lead)))
    main = lead.phones[-1]
    return replace(lead, phones=as_phones((number, PhoneKind.MOBILE), (main.number, main.kind)))


def _with_new_mail(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    domain = lead.emails[0].address.partition("@")[2]
    return replace(lead, emails=as_emails(f"{slug(lead.person.last_name or '')}.neu@{domain}"))


def _with_married_name(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    return replace(lead, person=replace(lead.person, last_name=f"{lead.person.last_name}-Sommer"))


def _with_new_address(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    return replace(lead, address=draw_address(rng, draw_place(rng, _country(lead))))


def _with_title(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    return _with_new_mobile(rng, replace(lead, person=replace(lead.person, title="Prof. Dr.")))


_NEWS = (_with_new_mobile, _with_new_mail, _with_married_name, _with_new_address, _with_title)


def _contact_differences(cast: Cast, turn: int) -> GeneratedLead:
    return _NEWS[turn % len(_NEWS)](cast.rng, _tell(next(cast.pairs)))


def _contact_elsewhere(cast: Cast, _turn: int) -> GeneratedLead:
    pair = next(cast.pairs)
    company = _tell(pair)
    person = next(_tell(other) for other in cast.pairs if _country(other.account) == _country(pair.account))
    mobile, main = person.phones[0], company.phones[-1]
    return replace(
        company,
        person=person.person,
        emails=(),
        phones=as_phones((mobile.number, mobile.kind), (main.number, main.kind)),
    )


def _open_case(cast: Cast, _turn: int) -> GeneratedLead:
    pair = next(cast.pairs)
    cast.with_open_case.append(pair.contact.key)
    return _tell(pair)


def _sparse(cast: Cast, turn: int) -> GeneratedLead:
    whole = _tell(next(cast.pairs))
    empty = GeneratedLead(key=whole.key, truth=whole.truth)
    if turn % 2:
        return replace(empty, phones=whole.phones[-1:])
    return replace(empty, company=Company(name=whole.company.name))


COMPOSERS: dict[Branch, tuple[int, Callable[[Cast, int], GeneratedLead]]] = {
    Branch.EXACT: (10, _exact),
    Branch.SIMILAR: (10, _similar),
    Branch.NONE: (6, _none),
    Branch.SEVERAL_EXACT: (4, _several_exact),
    Branch.PRIVATE_KNOWN: (5, _private_known),
    Branch.PRIVATE_NEW: (5, _private_new),
    Branch.CONTACT_DIFFERENCES: (7, _contact_differences),
    Branch.CONTACT_ELSEWHERE: (4, _contact_elsewhere),
    Branch.OPEN_CASE: (4, _open_case),
    Branch.EXPIRED: (3, _exact),
    Branch.SPARSE: (2, _sparse),
}
"""How many leads show a branch, and who composes the next of them."""


def compose(cast: Cast) -> list[tuple[Branch, GeneratedLead]]:
    """All leads of the demo; the cast keeps what has to be written besides.

    Each branch gets its first lead before any gets its second, so that the records written by hand show most of them.
    """
    most = max(count for count, _ in COMPOSERS.values())
    return [
        (branch, composer(cast, turn))
        for turn in range(most)
        for branch, (count, composer) in COMPOSERS.items()
        if turn < count
    ]
