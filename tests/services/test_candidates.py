"""Looking leads up among the accounts and contacts of a tenant."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from db.accounts import private_customers
from domain.matches import Band, EvidenceKind, Verdict
from domain.records import Account, Company, Contact, Lead, Person
from services.candidates import match_leads
from services.indexing import fold_frequencies, reindex_account, reindex_contact
from tests.support.factories import address_of, make_account, make_contact, make_lead
from tests.support.offices import Office
from tests.support.statements import count_statements

HERE = address_of("Werftstraße", "12", "01067", "Dresden")


async def accounts_found(office: Office, lead: Lead) -> list[int]:
    """Ids of the account candidates, best first."""
    [found] = await match_leads(office.backend, office.tenant, [lead])
    return [each.record_id for each in found.accounts.candidates]


async def contacts_found(office: Office, lead: Lead) -> list[int]:
    """Ids of the contact candidates, best first."""
    [found] = await match_leads(office.backend, office.tenant, [lead])
    return [each.record_id for each in found.contacts.candidates]


async def test_a_fresh_record_is_found_at_once(office: Office) -> None:
    """No background work has to run before a look-up finds what was just written."""
    account = make_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"], address=HERE)
    contact = make_contact(account, first_name="Katrin", last_name="Sommerfeld", emails=["k@elbe-mb.example.com"])
    await office.give(account, contact)
    lead = make_lead(
        company="Elbe Maschinenbau",
        first_name="Katrin",
        last_name="Sommerfeld",
        phones=["+49 351 123456"],
        emails=["k@elbe-mb.example.com"],
    )

    [found] = await match_leads(office.backend, office.tenant, [lead])

    assert found.accounts.verdict is Verdict.EXACT
    assert [(each.record_id, each.record_version, each.band) for each in found.accounts.candidates] == [
        (account.id, 1, Band.EXACT)
    ]
    assert [each.record_id for each in found.contacts.candidates] == [contact.id]


async def test_a_changed_account_is_found_by_what_it_is_now(office: Office) -> None:
    """Its new phone and name find it, its old ones no longer do, and the candidate names the new version."""
    before = make_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"])
    after = replace(make_account(name="Quandt Armaturen", phones=["030 998877"], id=before.id), version=2)
    old = make_lead(company="Elbe Maschinenbau", phones=["0351 123456"])
    new = make_lead(company="Quandt Armaturen", phones=["030 998877"])
    await office.give(before)
    assert await accounts_found(office, old) == [before.id]

    async with office.backend.database.write(office.tenant.id, office.clock()) as session:
        await reindex_account(session, office.backend.ids, office.tenant, before, after)

    [found] = await match_leads(office.backend, office.tenant, [new])
    assert await accounts_found(office, old) == []
    assert [(each.record_id, each.record_version) for each in found.accounts.candidates] == [(before.id, 2)]


async def test_a_moved_contact_speaks_for_its_new_account(office: Office) -> None:
    """The contact that was hit is evidence for the account it belongs to now, and for no other."""
    old, new = make_account(name="Elbe Maschinenbau"), make_account(name="Quandt Armaturen")
    before = make_contact(old, emails=["katrin.sommerfeld@web.de"], phones=["0171 5556667"])
    after = replace(before, account_id=new.id, version=2)
    await office.give(old, new, before)
    lead = make_lead(
        company="Quandt Pumpen",
        first_name="Katrin",
        last_name="Sommerfeld",
        emails=["katrin.sommerfeld@web.de"],
        phones=["0171 5556667"],
    )

    async with office.backend.database.write(office.tenant.id, office.clock()) as session:
        await reindex_contact(session, office.backend.ids, office.tenant, before, after)
    [found] = await match_leads(office.backend, office.tenant, [lead])

    kinds = {each.record_id: {piece.kind for piece in each.evidence} for each in found.accounts.candidates}
    assert EvidenceKind.PERSON in kinds[new.id]
    assert old.id not in kinds
    assert [(each.record_id, each.record_version) for each in found.contacts.candidates] == [(before.id, 2)]


async def test_the_private_customers_account_is_never_a_candidate(office: Office, private_id: int) -> None:
    """Its contacts are found; the account itself is not, not even by its own name and through them."""
    contact = make_contact(private_id, emails=["katrin.sommerfeld@web.de"], phones=["0171 5556667"])
    await office.give(contact)
    private = make_lead(
        first_name="Katrin", last_name="Sommerfeld", emails=["katrin.sommerfeld@web.de"], phones=["0171 5556667"]
    )
    of_company = replace(private, company=Company(name="Privatkunden"))

    [first, second] = await match_leads(office.backend, office.tenant, [private, of_company])

    assert (first.accounts.verdict, second.accounts.verdict) == (Verdict.PRIVATE_PERSON, Verdict.NONE)
    assert [each.record_id for each in first.contacts.candidates] == [contact.id]
    assert [each.record_id for each in second.contacts.candidates] == [contact.id]


@pytest.fixture
async def private_id(office: Office) -> int:
    """Give the id of the tenant's account of private customers."""
    async with office.backend.database.read() as session:
        return (await private_customers(session, office.tenant.id)).id


async def test_nothing_of_another_tenant_is_found(office: Office, foreign_office: Office) -> None:
    """The same lead finds a record in its own tenant only."""
    account = make_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"], tenant_id=foreign_office.tenant.id)
    await foreign_office.give(account)
    lead = make_lead(company="Elbe Maschinenbau", phones=["0351 123456"])

    assert await accounts_found(office, lead) == []
    assert await accounts_found(foreign_office, lead) == [account.id]


async def test_contacts_are_scored_with_their_account(office: Office) -> None:
    """That a contact works at the lead's company is evidence."""
    account = make_account(name="Quandt Armaturen")
    contact = make_contact(account, first_name="Katrin", last_name="Sommerfeld", phones=["0171 5556667"])
    await office.give(account, contact)
    lead = make_lead(company="Quandt Armaturen", first_name="Katrin", last_name="Sommerfeld", phones=["0171 5556667"])

    [found] = await match_leads(office.backend, office.tenant, [lead])

    assert EvidenceKind.COMPANY in {each.kind for each in found.contacts.candidates[0].evidence}


async def test_looser_keys_find_what_the_first_ones_miss(office: Office) -> None:
    """A last name with a slip of the pen, and nothing else, meets no key of the first tier but one of the second."""
    contact = make_contact(await an_account(office), first_name="Katrin", last_name="Sommerfeld")
    await office.give(contact)
    lead = make_lead(first_name="Katrin", last_name="Sommerfeldt")

    with count_statements(office.backend.database) as statements:
        found = await contacts_found(office, lead)

    assert found == [contact.id]
    assert len([each for each in statements if "FROM match_documents" in each]) == 1
    assert len([each for each in statements if "bounded" in each or "LATERAL" in each]) == 2


async def test_looser_keys_find_a_person_without_a_name(office: Office) -> None:
    """A private person who leaves the name out is looked for by the rest: birth date, and address with a slip."""
    born = date(1962, 3, 23)
    contact = make_contact(await an_account(office), first_name="Katrin", birth_date=born, address=HERE)
    await office.give(contact)
    mistyped = address_of("Werfctstraße", "12", "01067", "Dresden")
    lead = replace(make_lead(address=mistyped), person=Person(birth_date=born))

    assert await contacts_found(office, lead) == [contact.id]


async def an_account(office: Office) -> Account:
    """An account that is written already."""
    account = make_account(name="Quandt Armaturen")
    await office.give(account)
    return account


@pytest.mark.parametrize("number", [1, 10, 100])
async def test_the_number_of_statements_does_not_depend_on_the_leads(office: Office, number: int) -> None:
    """Three statements find all leads of a page, two if the frequencies are known; three more look again."""
    world = make_world(seed=1, size=number)
    await office.give(*world.records)
    known = [world.known_lead(each) for each in range(number)]
    strange = [make_lead(company=f"Zyx{each} Wvut", last_name=f"Qqrst{each}") for each in range(number)]

    with count_statements(office.backend.database) as cold:
        found = await match_leads(office.backend, office.tenant, known)
    with count_statements(office.backend.database) as warm:
        again = await match_leads(office.backend, office.tenant, known)
    with count_statements(office.backend.database) as twice:
        await match_leads(office.backend, office.tenant, known + strange)

    assert all(each.accounts.candidates and each.contacts.candidates for each in found)
    assert again == found
    assert (len(cold), len(warm)) == (3, 2)
    assert len(twice) <= 6


async def test_no_leads_need_no_statement(office: Office) -> None:
    """An empty page costs nothing."""
    with count_statements(office.backend.database) as statements:
        assert await match_leads(office.backend, office.tenant, []) == []

    assert statements == []


async def test_the_answer_does_not_depend_on_the_company_a_lead_is_in(office: Office) -> None:
    """A lead gets the same answer alone as among others."""
    world = make_world(seed=2, size=12)
    await office.give(*world.records)
    await fold_frequencies(office.backend, office.tenant.id)
    leads = [world.known_lead(each) for each in range(12)]

    together = await match_leads(office.backend, office.tenant, leads)

    for lead, found in zip(leads, together, strict=True):
        assert await match_leads(office.backend, office.tenant, [lead]) == [found]


class World:
    """Accounts with a contact each, that share words, streets and phones, and leads that know something of them."""

    def __init__(self, random: Random, size: int) -> None:
        words = ["Elbe", "Quandt", "Nord", "Stahl", "Pumpen", "Technik", "Autohaus", "Kontor"]
        names = ["Sommerfeld", "Brandt", "Wieland", "Okafor", "Lindqvist"]
        self.accounts = [
            make_account(
                name=f"{' '.join(random.sample(words, 2))} {random.choice(['GmbH', 'KG', 'AG'])}",
                phones=[f"0351 {random.randrange(4) + 4000}{number % 100:02}"],
                address=address_of("Werftstraße", str(random.randrange(9) + 1), "01067", "Dresden"),
            )
            for number in range(size)
        ]
        self.contacts = [
            make_contact(
                account,
                first_name=random.choice(["Katrin", "Jonas", "Amara", "Sven"]),
                last_name=random.choice(names),
                phones=[each.number for each in account.phones],
                emails=[f"person{random.randrange(size)}@web.de"],
            )
            for account in self.accounts
        ]
        self.records: list[Account | Contact] = [*self.accounts, *self.contacts]

    def known_lead(self, number: int) -> Lead:
        """A lead from one of the accounts and its contact."""
        account, contact = self.accounts[number], self.contacts[number]
        return make_lead(
            company=account.name,
            first_name=contact.first_name,
            last_name=contact.last_name,
            emails=[each.address for each in contact.emails],
            phones=[each.number for each in account.phones],
            address=account.address,
        )


def make_world(seed: int, size: int) -> World:
    """The same world for the same seed, but for the ids."""
    return World(Random(seed), size)


async def test_a_phone_that_many_have_is_worth_less(office: Office) -> None:
    """Of 32 accounts with one switchboard each is worth five bits less than the only one with its number."""
    crowd = [make_account(name=f"Mieter {number:03} GmbH", phones=["0351 999999"]) for number in range(32)]
    single = make_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"])
    await office.give(*crowd, single)
    await fold_frequencies(office.backend, office.tenant.id)
    leads = [
        make_lead(company="Mieter 007 GmbH", phones=["0351 999999"]),
        make_lead(company="Elbe Maschinenbau GmbH", phones=["0351 123456"]),
    ]

    found = await match_leads(office.backend, office.tenant, leads)

    shared, own = (
        next(piece.bits for piece in each.accounts.candidates[0].evidence if piece.kind is EvidenceKind.PHONE)
        for each in found
    )
    assert own - shared == pytest.approx(5.0)
