"""Records and leads in few words, and a base of them in memory that is searched as the service searches."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from math import log2

from db.match_candidates import TIER_ONE
from domain.matches import LeadMatches
from domain.records import Account, Company, Contact, Lead, Person
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress
from services.matching import documents, keys
from services.matching.model import CompanyDocument, LeadDocument, MatchKey, PersonDocument, Statistics
from services.matching.rank import Scored, has_match, rank_accounts, rank_contacts
from services.matching.rarity import Rarity
from services.matching.score import score_account, score_contact
from services.matching.settings import DEFAULT_SETTINGS

RECEIVED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def emails(*addresses: str) -> tuple[EmailAddress, ...]:
    """An e-mail list, the first one primary."""
    return tuple(EmailAddress(each, is_primary=index == 0) for index, each in enumerate(addresses))


def phones(*numbers: str, kind: PhoneKind = PhoneKind.LANDLINE) -> tuple[PhoneNumber, ...]:
    """A phone list of one kind, the first one primary."""
    return tuple(PhoneNumber(each, kind, is_primary=index == 0) for index, each in enumerate(numbers))


def address(text: str | None) -> PostalAddress | None:
    """``Hauptstr. 5, 01067 Dresden`` as an address."""
    if text is None:
        return None
    street, _, place = text.partition(", ")
    postcode, _, city = place.partition(" ")
    return PostalAddress(street=street or None, postcode=postcode or None, city=city or None)


def account(
    name: str,
    *,
    record_id: int = 1,
    vat_id: str | None = None,
    website: str | None = None,
    mail: Iterable[str] = (),
    phone: Iterable[str] = (),
    at: str | None = None,
) -> Account:
    """An account."""
    return Account(
        tenant_id=1,
        id=record_id,
        name=name,
        vat_id=vat_id,
        website=website,
        emails=emails(*mail),
        phones=phones(*phone),
        address=address(at),
    )


def contact(
    first_name: str | None,
    last_name: str | None,
    *,
    record_id: int = 1,
    account_id: int = 1,
    born: date | None = None,
    mail: Iterable[str] = (),
    phone: Iterable[str] = (),
    at: str | None = None,
) -> Contact:
    """A contact."""
    return Contact(
        tenant_id=1,
        id=record_id,
        account_id=account_id,
        first_name=first_name,
        last_name=last_name,
        birth_date=born,
        emails=emails(*mail),
        phones=phones(*phone),
        address=address(at),
    )


def lead(
    *,
    company: str | None = None,
    legal_form: str | None = None,
    vat_id: str | None = None,
    website: str | None = None,
    first_name: str | None = None,
    last_name: str | None = None,
    born: date | None = None,
    mail: Iterable[str] = (),
    phone: Iterable[str] = (),
    at: str | None = None,
) -> Lead:
    """A lead."""
    return Lead(
        tenant_id=1,
        id=1,
        type_id=1,
        received_at=RECEIVED,
        company=Company(name=company, legal_form=legal_form, vat_id=vat_id, website=website),
        person=Person(first_name=first_name, last_name=last_name, birth_date=born),
        emails=emails(*mail),
        phones=phones(*phone),
        address=address(at),
    )


class Base:
    """A tenant's records in memory: key tables, statistics, candidates by weighted keys, scores and ranks."""

    def __init__(
        self, accounts: Iterable[Account] = (), contacts: Iterable[Contact] = (), *, country: str = "DE"
    ) -> None:
        self.country = country
        self.accounts = {each.id: documents.account_document(each, country) for each in accounts}
        self.contacts = {each.id: documents.contact_document(each, country) for each in contacts}
        self.account_of = {each.id: each.account_id for each in contacts}
        self.tables: tuple[Table, Table] = (defaultdict(list), defaultdict(list))
        self.frequencies: Counter[int] = Counter()
        for record_id, company in self.accounts.items():
            self._index((record_id, None), company, keys.account_keys(company))
        for record_id, person in self.contacts.items():
            company_of = self.accounts.get(self.account_of[record_id])
            self._index((self.account_of[record_id], record_id), person, keys.contact_keys(person, company_of))
        statistics = Statistics(
            snapshot=1, accounts=len(self.accounts), contacts=len(self.contacts), frequencies=self.frequencies
        )
        self.rarity = Rarity(statistics, DEFAULT_SETTINGS)

    def look_up(self, lead: Lead) -> LeadMatches:
        """The accounts and the contacts a lead may belong to."""
        document = documents.lead_document(lead, self.country)
        for table, tier_keys in zip(
            self.tables, (keys.lead_keys(document), keys.second_tier_keys(document)), strict=True
        ):
            accounts, contacts = self._score(document, self._find(table, tier_keys))
            if has_match(contacts) or has_match(accounts):
                break
        return LeadMatches(
            accounts=rank_accounts(document, accounts, snapshot=1),
            contacts=rank_contacts(document, contacts, snapshot=1),
        )

    def _index(
        self, entry: "Entry", document: CompanyDocument | PersonDocument, first_tier: tuple[MatchKey, ...]
    ) -> None:
        for table, tier_keys in zip(self.tables, (first_tier, keys.second_tier_keys(document)), strict=True):
            for key in tier_keys:
                table[key.hash].append(entry)
                self.frequencies[key.hash] += 1
        self.frequencies.update(keys.name_tokens_terms(document))

    def _find(self, table: "Table", tier_keys: tuple[MatchKey, ...]) -> list["Entry"]:
        rarest = sorted(tier_keys, key=lambda key: self.frequencies[key.hash])[: TIER_ONE.rarest]
        records = len(self.accounts) + len(self.contacts)
        groups: dict[Entry, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for key in tier_keys:
            entries = table.get(key.hash, [])
            if len(entries) <= TIER_ONE.most_frequent or key.is_strong or key in rarest:
                for entry in entries:
                    groups[entry][key.group.value].append(log2((records + 1) / len(entries)))
        weights = {
            entry: sum(max(each) + (sum(each) - max(each)) / 4 for each in by_group.values())
            for entry, by_group in groups.items()
        }
        return sorted(weights, key=lambda entry: (-weights[entry], entry[0], entry[1] or 0))[: TIER_ONE.per_lead]

    def _score(self, document: LeadDocument, entries: list["Entry"]) -> tuple[list[Scored], list[Scored]]:
        hit: dict[int, list[PersonDocument]] = defaultdict(list)
        contacts = []
        for account_id, contact_id in entries:
            people = hit[account_id]
            if contact_id is not None:
                person = self.contacts[contact_id]
                people.append(person)
                company = self.accounts.get(account_id)
                score = score_contact(document, person, company, self.rarity)
                contacts.append(Scored(contact_id, 1, score, person, account_id))
        accounts = [
            Scored(
                account_id,
                1,
                score_account(document, self.accounts[account_id], people, self.rarity),
                self.accounts[account_id],
            )
            for account_id, people in hit.items()
            if account_id in self.accounts
        ]
        return accounts, contacts


Entry = tuple[int, int | None]
Table = dict[int, list[Entry]]
