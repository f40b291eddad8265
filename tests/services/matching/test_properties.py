"""What holds for any records: symmetry, identity, monotone evidence, order, and no text that breaks anything."""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.records import Account, Company, Contact, Lead, Person
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress
from services.matching import compare_companies, compare_people, documents, keys
from services.matching.compare_addresses import compare_addresses
from services.matching.compare_reach import compare_emails, compare_phones
from services.matching.diff import account_diffs, company_name, contact_diffs
from services.matching.exact import is_exact_account, is_exact_contact
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument, Statistics
from services.matching.rarity import Rarity
from services.matching.score import score_account, score_contact
from services.matching.settings import DEFAULT_SETTINGS
from services.matching.strong_keys import account_strong_keys, person_strong_keys
from tests.services.matching.examples import RECEIVED

STATISTICS = Statistics(snapshot=1, accounts=100_000, contacts=200_000)
WILD = st.text(st.characters(exclude_categories=()), max_size=40)

first_names = st.sampled_from(["Eva", "Karl-Heinz", "Jon", "Jonathan", "Sepp", "J.", "Lena Maria", "Michael"])
last_names = st.sampled_from(["Müller", "Mueller", "Möller", "von der Leyen", "Michael", "Lohse", "Lohse-Kühn"])
company_names = st.sampled_from(
    ["Müller GmbH", "Möller GmbH", "Autohaus Lohse", "Auto Haus Lohse KG", "AMD", "Advanced Micro Devices", "1&1 AG"]
)
email_lists = st.lists(
    st.sampled_from(["eva@gmx.de", "eva.m@mueller.de", "info@mueller.de", "john_doe@us.ibm.com", "johndoe@ibm.com"]),
    max_size=2,
    unique=True,
)
phone_lists = st.lists(
    st.sampled_from(["0351 123456", "0351 123478", "0172 1234567", "+1-415-555-1234", "+1-415-555-5678"]),
    max_size=2,
    unique=True,
)
addresses = st.builds(
    PostalAddress,
    street=st.sampled_from([None, "Hauptstr.", "Hauptstraße", "Am Ring", "Stobie Place", "Stobie Palce"]),
    house_number=st.sampled_from([None, "5", "5a", "7"]),
    postcode=st.sampled_from([None, "01067", "01076", "70173"]),
    city=st.sampled_from([None, "Dresden", "Frankfurt am Main", "Frankfurt"]),
)
dates = st.sampled_from([None, date(1980, 5, 7), date(1980, 7, 5), date(1981, 5, 7), date(1990, 12, 24)])


def lists(mail: list[str], phone: list[str]) -> tuple[tuple[EmailAddress, ...], tuple[PhoneNumber, ...]]:
    """The lists of a record."""
    return tuple(EmailAddress(each) for each in mail), tuple(PhoneNumber(each) for each in phone)


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """Contacts that often share details."""
    mail, phone = lists(draw(email_lists), draw(phone_lists))
    return Contact(
        tenant_id=1,
        id=draw(st.integers(1, 9)),
        account_id=1,
        first_name=draw(st.none() | first_names),
        last_name=draw(st.none() | last_names),
        birth_date=draw(dates),
        emails=mail,
        phones=phone,
        address=draw(st.none() | addresses),
    )


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """Accounts that often share details."""
    mail, phone = lists(draw(email_lists), draw(phone_lists))
    return Account(
        tenant_id=1,
        id=draw(st.integers(1, 9)),
        name=draw(company_names),
        vat_id=draw(st.sampled_from([None, "DE136695976", "DE136695975"])),
        website=draw(st.sampled_from([None, "mueller.de", "www.ibm.com"])),
        emails=mail,
        phones=phone,
        address=draw(st.none() | addresses),
    )


@st.composite
def wild_leads(draw: st.DrawFn) -> Lead:
    """Leads with any text in every field, lone surrogates included."""
    text = st.none() | WILD
    return Lead(
        tenant_id=1,
        id=1,
        type_id=1,
        received_at=RECEIVED,
        company=Company(name=draw(text), legal_form=draw(text), vat_id=draw(text), website=draw(text)),
        person=Person(
            salutation=draw(text),
            title=draw(text),
            first_name=draw(text),
            last_name=draw(text),
            birth_date=draw(st.none() | st.dates()),
        ),
        emails=tuple(EmailAddress(each) for each in draw(st.lists(WILD, max_size=2))),
        phones=tuple(PhoneNumber(each, draw(st.sampled_from(PhoneKind))) for each in draw(st.lists(WILD, max_size=2))),
        address=draw(
            st.none()
            | st.builds(
                PostalAddress,
                street=text,
                house_number=text,
                postcode=text,
                city=text,
                region=text,
                country=text,
            )
        ),
    )


def account_of(lead: Lead) -> Account:
    """The account that has all of a lead's company details."""
    return Account(
        tenant_id=1,
        id=1,
        name=company_name(lead.company),
        vat_id=lead.company.vat_id,
        website=lead.company.website,
        emails=lead.emails,
        phones=lead.phones,
        address=lead.address,
    )


def contact_of(lead: Lead) -> Contact:
    """The contact that has all of a lead's personal details."""
    person = lead.person
    return Contact(
        tenant_id=1,
        id=1,
        account_id=1,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        emails=lead.emails,
        phones=lead.phones,
        address=lead.address,
    )


def lead_of(contact: Contact) -> Lead:
    """The private lead that has all of a contact's details."""
    return Lead(
        tenant_id=1,
        id=1,
        type_id=1,
        received_at=RECEIVED,
        person=Person(first_name=contact.first_name, last_name=contact.last_name, birth_date=contact.birth_date),
        emails=contact.emails,
        phones=contact.phones,
        address=contact.address,
    )


def as_lead(person: PersonDocument) -> LeadDocument:
    """A person's document as the one of a lead without company."""
    return LeadDocument(company=CompanyDocument(), person=person, is_private=True)


@given(contacts(), contacts())
def test_comparing_people_is_symmetric(one: Contact, other: Contact) -> None:
    """It does not matter which side is the lead: bits, similarity and 100 % are the same."""
    left, right = documents.contact_document(one, "DE"), documents.contact_document(other, "DE")

    for compare in (compare_people.compare_birth_dates, compare_emails, compare_phones, compare_addresses):
        there, back = compare(left, right, DEFAULT_SETTINGS), compare(right, left, DEFAULT_SETTINGS)
        assert (there and (there.bits, there.similarity, there.code)) == (
            back and (back.bits, back.similarity, back.code)
        )
    there = compare_people.compare_names(left, right, Rarity(STATISTICS, DEFAULT_SETTINGS))
    back = compare_people.compare_names(right, left, Rarity(STATISTICS, DEFAULT_SETTINGS))
    assert (there and (round(there.bits, 6), there.code)) == (back and (round(back.bits, 6), back.code))
    assert is_exact_contact(as_lead(left), right) is is_exact_contact(as_lead(right), left)


@given(accounts(), accounts())
def test_comparing_companies_is_symmetric(one: Account, other: Account) -> None:
    """It does not matter which side is the lead."""
    left, right = documents.account_document(one, "DE"), documents.account_document(other, "DE")

    there = compare_companies.compare_names(left, right, Rarity(STATISTICS, DEFAULT_SETTINGS))
    back = compare_companies.compare_names(right, left, Rarity(STATISTICS, DEFAULT_SETTINGS))
    assert there is not None
    assert back is not None
    assert (round(there.bits, 6), there.code) == (round(back.bits, 6), back.code)
    assert is_exact_account(as_company(left), right) is is_exact_account(as_company(right), left)


def as_company(company: CompanyDocument) -> LeadDocument:
    """A company's document as the one of a lead."""
    return LeadDocument(company=company, person=PersonDocument(), is_private=False)


@given(contacts(), st.lists(contacts(), max_size=5))
def test_identity_scores_top(same: Contact, others: list[Contact]) -> None:
    """No record scores better than one with exactly the lead's details."""
    lead = documents.lead_document(lead_of(same), "DE")
    own, *rest = (
        score_contact(lead, documents.contact_document(each, "DE"), None, Rarity(STATISTICS, DEFAULT_SETTINGS))
        for each in [same, *others]
    )

    assert all(own.bits >= each.bits for each in rest)


@given(contacts())
def test_identity_is_exact_given_two_kinds(same: Contact) -> None:
    """Equal in everything is 100 % exactly when two kinds are there and one of them names the person."""
    document = documents.contact_document(same, "DE")
    names_person: list[object] = [document.first_names and document.last_names, document.birth_date, document.emails]
    others: list[object] = [
        bool(document.phones),
        bool(document.street and (document.postcode or document.city)),
    ]

    is_exact = is_exact_contact(as_lead(document), document)

    assert is_exact is (any(names_person) and sum(map(bool, names_person + others)) >= 2)


@given(contacts(), contacts(), st.sampled_from(["emails", "phones", "birth_date", "last_names"]))
def test_evidence_is_monotone(one: Contact, other: Contact, detail: str) -> None:
    """An equal detail never makes a score worse than the detail missing would."""
    left, right = documents.contact_document(one, "DE"), documents.contact_document(other, "DE")
    equal = {detail: getattr(right, detail)} | ({"phone_kinds": right.phone_kinds} if detail == "phones" else {})
    missing = {each: type(value)() if not isinstance(value, date) else None for each, value in equal.items() if value}

    with_it, without_it = (
        score_contact(as_lead(replace(left, **changes)), right, None, Rarity(STATISTICS, DEFAULT_SETTINGS)).bits
        for changes in (equal, missing)
    )

    assert with_it >= without_it


@given(accounts(), st.randoms(use_true_random=False))
def test_documents_do_not_depend_on_order(account: Account, random: Random) -> None:
    """The order of e-mails and phones changes neither document nor keys nor bytes."""
    shuffled = replace(
        account,
        emails=tuple(random.sample(account.emails, len(account.emails))),
        phones=tuple(random.sample(account.phones, len(account.phones))),
    )

    one, other = documents.account_document(account, "DE"), documents.account_document(shuffled, "DE")

    assert documents.encode(one) == documents.encode(other)
    assert keys.account_keys(one) == keys.account_keys(other)


@given(wild_leads(), wild_leads())
def test_no_text_breaks_anything(one: Lead, other: Lead) -> None:
    """Any Unicode text goes through documents, bytes, keys, scores and differences."""
    lead = documents.lead_document(one, "DE")
    company, person = (
        documents.account_document(account_of(other), "DE"),
        documents.contact_document(contact_of(other), "DE"),
    )

    assert documents.decode_company(documents.encode(company)) == company
    assert documents.decode_person(documents.encode(person)) == person
    tiers = (
        keys.lead_keys(lead),
        keys.account_keys(company),
        keys.contact_keys(person, company),
        *(keys.second_tier_keys(each) for each in (lead, company, person)),
    )
    assert all(len(tier) <= keys.MAX_KEYS for tier in tiers)
    assert set(account_strong_keys(company)) <= {each.hash for each in keys.account_keys(company)}
    assert set(person_strong_keys(person)) <= {each.hash for each in keys.contact_keys(person, company)}
    score_account(lead, company, [person], Rarity(STATISTICS, DEFAULT_SETTINGS))
    score_contact(lead, person, company, Rarity(STATISTICS, DEFAULT_SETTINGS))
    assert not any(each.needs_decision for each in account_diffs(one, account_of(one), "DE"))
    assert not any(each.needs_decision for each in contact_diffs(one, contact_of(one), "DE"))
    account_diffs(one, account_of(other), "DE")
    contact_diffs(one, contact_of(other), "DE")


def test_very_long_text_is_bounded() -> None:
    """A hundred thousand characters in every field give a small document and few keys."""
    endless = "Müller & Söhne 12 " * 6_000
    lead = Lead(
        tenant_id=1,
        id=1,
        type_id=1,
        received_at=RECEIVED,
        company=Company(name=endless, legal_form=endless, vat_id=endless, website=endless),
        person=Person(first_name=endless, last_name=endless),
        emails=(EmailAddress(endless),) * 1_000,
        phones=(PhoneNumber(endless),) * 1_000,
        address=PostalAddress(street=endless, house_number=endless, postcode=endless, city=endless, region=endless),
    )

    document = documents.lead_document(lead, "DE")

    assert len(documents.encode(document.company)) < 5_000
    assert len(documents.encode(document.person)) < 5_000
    assert len(keys.lead_keys(document)) <= keys.MAX_KEYS
    assert contact_diffs(lead, contact_of(lead), "DE")
