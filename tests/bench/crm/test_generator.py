"""The generated CRM: repeatable, plausible, and of any size."""

from collections import Counter, defaultdict
from itertools import islice
from random import Random

import phonenumbers
from email_validator import validate_email

from bench.crm.addresses import draw_domain, draw_private_mail
from bench.crm.generator import Crm
from bench.crm.model import GeneratedAccount, GeneratedContact
from domain.values import PhoneKind, PostalAddress

CRM = Crm(seed=7, companies=1_500, privates=600)
ACCOUNTS = list(CRM.accounts())
CONTACTS = list(CRM.contacts())
RECORDS: list[GeneratedAccount | GeneratedContact] = [*ACCOUNTS, *CONTACTS]


def test_equal_seeds_give_equal_records() -> None:
    """The same seed gives the same CRM, another seed another one."""
    again, other = Crm(7, 1_500, 600), Crm(8, 1_500, 600)

    assert list(again.accounts()) == ACCOUNTS
    assert list(again.contacts()) == CONTACTS
    assert list(other.accounts()) != ACCOUNTS


def test_a_larger_crm_begins_with_the_smaller_one() -> None:
    """Records do not depend on how many there are, so sizes can be compared."""
    large = Crm(7, 1_000_000, 300_000)

    assert list(islice(large.accounts(), len(ACCOUNTS))) == ACCOUNTS


def test_keys_are_unique_and_contacts_name_accounts_that_exist() -> None:
    """A key names one record, and every contact is private or at an account of the CRM."""
    keys = [account.key for account in ACCOUNTS]

    assert len(set(keys)) == len(keys) == CRM.companies
    assert len({contact.key for contact in CONTACTS}) == len(CONTACTS)
    assert {contact.account_key for contact in CONTACTS if contact.account_key} <= set(keys)
    assert sum(contact.account_key is None for contact in CONTACTS) == CRM.privates


def test_most_companies_have_contacts() -> None:
    """There are more people of companies than companies, and some companies without any."""
    staff = Counter(contact.account_key for contact in CONTACTS if contact.account_key)

    assert staff.total() > CRM.companies
    assert 0.1 < 1 - len(staff) / CRM.companies < 0.4


def test_phone_numbers_are_possible_ones_of_their_kind() -> None:
    """Every number is valid in the public numbering plans, and mobile numbers are mobile ones."""
    phones = [(phone, _country(record)) for record in RECORDS for phone in record.phones]
    parsed = [(phone, phonenumbers.parse(phone.number, country)) for phone, country in phones]
    mobile = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}

    assert len(parsed) > 2_000
    assert [phone for phone, number in parsed if not phonenumbers.is_valid_number(number)] == []
    assert {
        phonenumbers.number_type(number) in mobile for phone, number in parsed if phone.kind is PhoneKind.MOBILE
    } == {True}


def _country(record: GeneratedAccount | GeneratedContact) -> str:
    return (record.address and record.address.country) or "DE"


def test_mail_addresses_are_well_formed() -> None:
    """Every e-mail address passes a strict check."""
    for record in RECORDS:
        for email in record.emails:
            assert validate_email(email.address, check_deliverability=False).normalized == email.address


def test_a_mailbox_is_given_out_once() -> None:
    """People of one common name have mailboxes of their own: a provider gives each to one of them."""
    rng = Random(1)
    mails = [draw_private_mail(rng, "Maria", "Müller", "DE") for _ in range(1_000)]

    assert len(set(mails)) == len(mails)


def test_a_domain_is_given_out_once() -> None:
    """Companies of one name in one town have domains of their own."""
    rng = Random(1)
    for is_common in (True, False):
        domains = [draw_domain(rng, "Blauhof Handel", "Köln", "DE", is_common=is_common) for _ in range(50)]

        assert len(set(domains)) == len(domains)


def test_lists_have_one_primary_entry() -> None:
    """Exactly one entry of a list is primary."""
    emails = [record.emails for record in RECORDS if record.emails]
    phones = [record.phones for record in RECORDS if record.phones]

    assert {sum(entry.is_primary for entry in entries) for entries in emails} == {1}
    assert {sum(entry.is_primary for entry in entries) for entries in phones} == {1}


def test_every_contact_can_be_reached() -> None:
    """A contact has an e-mail address or a phone."""
    assert [contact for contact in CONTACTS if not contact.emails and not contact.phones] == []


def test_there_are_sites_of_one_company_and_companies_in_one_building() -> None:
    """The situations that make matching hard are in the base, not only in the leads."""
    sites: dict[tuple[str, str], set[PostalAddress]] = defaultdict(set)
    buildings: dict[PostalAddress, set[str]] = defaultdict(set)
    for index in range(CRM.companies):
        firm = CRM.firm(index)
        sites[firm.domain, firm.name.full].add(firm.address)
        buildings[firm.address].add(firm.name.full)

    assert sum(len(addresses) > 1 for addresses in sites.values()) > 10
    assert sum(len(names) > 1 for names in buildings.values()) > 10


def test_there_are_couples() -> None:
    """Some private persons share surname and address."""
    homes = Counter(
        (contact.last_name, contact.address) for contact in CONTACTS if contact.account_key is None and contact.address
    )

    assert sum(count > 1 for count in homes.values()) > 20


def test_texts_are_tidy() -> None:
    """No name has blanks at its ends, twice in a row, or line breaks."""
    texts = [account.name for account in ACCOUNTS]
    texts += [name for contact in CONTACTS for name in (contact.first_name, contact.last_name) if name]
    texts += [account.address.street for account in ACCOUNTS if account.address and account.address.street]

    assert [text for text in texts if text != " ".join(text.split())] == []
