"""Blocking keys: records that may be the same share at least one of these short, hashed values.

A record has about 12 to 16 keys of tier one, and of tier two the looser ones, which are asked for only where tier one
found nothing. All stand in one table, told apart by the name of their family inside the hash. A lead has the keys of
both its sides, so it meets accounts by their contacts as well.
"""

from collections.abc import Iterable

from services.matching.companies import UNMARKED_WORDS
from services.matching.company_keys import company_keys, loose_company_keys
from services.matching.hashes import hash_of
from services.matching.model import CompanyDocument, KeyGroup, LeadDocument, MatchKey, PersonDocument
from services.matching.name_readings import other_name_pairs
from services.matching.people import PARTICLES
from services.matching.person_keys import birth_date_hash, loose_person_keys, person_keys

MAX_KEYS = 128
"""No record has more keys of one tier, whatever it contains."""

FIRST_NAME, LAST_NAME, COMPANY_WORD = "term first", "term last", "term company"
"""Families of the name tokens whose frequencies the score uses."""


def account_keys(document: CompanyDocument) -> tuple[MatchKey, ...]:
    """Tier-one keys of an account."""
    return _distinct(company_keys(document))


def contact_keys(document: PersonDocument, company: CompanyDocument | None) -> tuple[MatchKey, ...]:
    """Tier-one keys of a contact; ``company`` is its account (None for a private customer)."""
    return _distinct(person_keys(document, company))


def lead_keys(lead: LeadDocument) -> tuple[MatchKey, ...]:
    """Tier-one keys to look a lead up by, among accounts and contacts together."""
    company = () if lead.is_private else company_keys(lead.company)
    colleagues = (MatchKey(hash_of("colleague", domain), KeyGroup.MAIL) for domain in lead.company.domains)
    people = person_keys(lead.person, None if lead.is_private else lead.company)
    # Asked, but not kept with records: of the two sides it is the lead that is typed in a hurry.
    readings = (MatchKey(hash_of("names", pair), KeyGroup.PERSON) for pair in other_name_pairs(lead.person))
    return _distinct([*company, *people, *readings, *colleagues])


def second_tier_keys(document: CompanyDocument | PersonDocument | LeadDocument) -> tuple[MatchKey, ...]:
    """Tier-two keys of an account, a contact or a lead."""
    if isinstance(document, CompanyDocument):
        return _distinct(loose_company_keys(document))
    if isinstance(document, PersonDocument):
        return _distinct(loose_person_keys(document))
    company = () if document.is_private else loose_company_keys(document.company)
    return _distinct([*company, *loose_person_keys(document.person)])


def name_tokens_terms(document: CompanyDocument | PersonDocument | LeadDocument) -> tuple[int, ...]:
    """Hashes of the name tokens whose rarity the score uses, each once."""
    if isinstance(document, LeadDocument):
        return tuple(dict.fromkeys(name_tokens_terms(document.company) + name_tokens_terms(document.person)))
    if isinstance(document, CompanyDocument):
        tokens = (token for token in document.tokens if token not in UNMARKED_WORDS)
        return tuple(dict.fromkeys(hash_of(COMPANY_WORD, token) for token in tokens))
    first = [hash_of(FIRST_NAME, token) for token in document.first_names]
    last = [hash_of(LAST_NAME, token) for token in document.last_names if token not in PARTICLES]
    return tuple(dict.fromkeys(first + last))


def identifier_terms(document: LeadDocument) -> tuple[int, ...]:
    """Hashes of what is worth less the more records have it: a lead's e-mails, phones, domains, VAT id, birth date."""
    company = document.company
    terms = [hash_of("email", each) for each in company.emails] + [hash_of("phone", each) for each in company.phones]
    terms += [hash_of("domain", each) for each in company.domains]
    if company.vat_id:
        terms.append(hash_of("vat", company.vat_id))
    if document.person.birth_date:
        terms.append(birth_date_hash(document.person.birth_date))
    return tuple(terms)


def _distinct(keys: Iterable[MatchKey]) -> tuple[MatchKey, ...]:
    by_hash: dict[int, MatchKey] = {}
    for key in keys:
        if key.hash not in by_hash or key.is_strong:
            by_hash[key.hash] = key
    strong_first = sorted(by_hash.values(), key=lambda key: not key.is_strong) if len(by_hash) > MAX_KEYS else None
    return tuple((strong_first or list(by_hash.values()))[:MAX_KEYS])
