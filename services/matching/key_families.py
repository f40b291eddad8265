"""What a lead's keys are made of: the family and value behind each hash, for people who ask why.

The keys themselves come from ``keys``; here they are only named. A key that is not named here is told without its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from services.matching.companies import acronym
from services.matching.company_keys import distinctive_tokens
from services.matching.emails import company_domain, local_name
from services.matching.hashes import hash_of
from services.matching.keys import lead_keys, second_tier_keys
from services.matching.model import CompanyDocument, KeyGroup, LeadDocument, PersonDocument
from services.matching.name_readings import other_name_pairs
from services.matching.person_keys import half_pairs, key_names, name_pairs
from services.matching.phonetics import koelner
from services.matching.place_keys import half_tokens
from services.matching.text import collapse, squash

_Named = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedKey:
    """A key of a lead with its tier, and what it is made of; ``family`` is "" where that is not known."""

    hash: int
    group: KeyGroup
    is_strong: bool
    tier: int
    family: str = ""
    value: str = ""


def named_lead_keys(lead: LeadDocument) -> list[NamedKey]:
    """Every key that the lead is looked up by, of both tiers, tier one first."""
    names = {hash_of(family, value): (family, value) for family, value in _named(lead)}
    found = []
    for tier, keys in enumerate((lead_keys(lead), second_tier_keys(lead)), start=1):
        for key in keys:
            family, value = names.get(key.hash, ("", ""))
            found.append(
                NamedKey(hash=key.hash, group=key.group, is_strong=key.is_strong, tier=tier, family=family, value=value)
            )
    return found


def _named(lead: LeadDocument) -> _Named:
    company = None if lead.is_private else lead.company
    if company is not None:
        yield from _company(company)
    yield from (("colleague", domain) for domain in lead.company.domains)
    yield from _person(lead.person, company)
    for side in (lead.company, lead.person):
        yield from _reach_and_place(side)


def _company(company: CompanyDocument) -> _Named:
    yield from (("domain", each) for each in company.domains)
    yield "vat", company.vat_id
    if not company.tokens:
        return
    tokens, joined, postcode = distinctive_tokens(company), collapse(company.name), company.postcode
    for token in tokens:
        yield "company", token
        yield "company+city", f"{token}|{company.city[:3]}"
        yield "2:company sound", koelner(token)
        yield from (("2:company half", half) for half in half_tokens(token))
    yield from (("companies", "|".join(sorted(pair))) for pair in combinations(tokens, 2))
    yield from (("domain+name", f"{domain}|{joined}") for domain in company.domains)
    yield from (("acronym", each) for each in (acronym(company.tokens), joined))
    yield "joined", joined
    yield "prefix+area", f"{joined[:5]}|{postcode[:2]}"
    yield "sound+postcode", f"{koelner(tokens[0])}|{postcode}"
    yield "name+postcode", f"{joined}|{postcode}"


def _person(person: PersonDocument, company: CompanyDocument | None) -> _Named:
    names = key_names(person)
    both = "|".join(sorted(names))
    for name in names:
        yield "name+city", f"{name}|{person.city[:4]}"
        yield "name sound+postcode", f"{koelner(name)}|{person.postcode}"
        yield "birth date+name", f"{person.birth_date}|{name[:2]}"
        yield "2:name", name
        yield "2:name sound+city", f"{koelner(name)}|{person.city[:4]}"
        yield "2:initial+postcode", f"{name[:1]}|{person.postcode}"
        yield "2:name start+area", f"{name[:3]}|{person.postcode[:3]}"
        yield from (("2:name half", half) for half in half_tokens(name))
    yield from (("2:half names", pair) for pair in half_pairs(names))
    yield from (("names", pair) for pair in [*name_pairs(person, names), *other_name_pairs(person)])
    yield "person+postcode", f"{person.postcode}|{both}"
    yield "2:name sounds", "|".join(sorted(koelner(name) for name in names))
    if company is not None and company.tokens and names:
        yield "name+company", f"{names[0]}|{distinctive_tokens(company)[0]}"
    for email in person.emails:
        domain = company_domain(email)
        yield "mailbox", local_name(email)
        yield "colleague", domain
        yield "person+domain", f"{domain}|{both}"
    if person.birth_date:
        low, high = sorted((person.birth_date.day, person.birth_date.month))
        yield "2:birth date", f"{person.birth_date.year}|{low}|{high}"


def _reach_and_place(side: CompanyDocument | PersonDocument) -> _Named:
    yield from (("email", each) for each in side.emails)
    for phone in side.phones:
        yield "phone", phone
        yield "trunk", phone[:-2]
        yield "2:phone end", phone[-7:]
    street = squash(collapse(side.street))
    numbered = f"{street}|{side.house_number}"
    yield "street+city", f"{numbered}|{squash(side.city)[:6]}"
    yield "street+postcode", f"{numbered}|{side.postcode}"
    yield "2:street", numbered
    yield "2:number+postcode", f"{side.house_number}|{side.postcode}"
