"""The demo's tenant: repeatable, large enough, whole, and with leads for every branch of the flow."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Protocol

import pytest

from bench.demo.branches import COMPOSERS
from bench.demo.model import Branch, DemoTenant
from bench.demo.records import SEED, demo_records
from domain.records import Account, CaseStatus, Contact, Lead, LeadStatus, Role


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> int:
        """The id."""


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@cache
def demo() -> DemoTenant:
    """Give the demo as of ``NOW``; it is made once."""
    return demo_records(SEED, NOW)


def leads_of(branch: Branch) -> list[Lead]:
    """Give the leads that show a branch."""
    return [each.lead for each in demo().leads if each.branch is branch]


def contacts_of(lead: Lead) -> list[Contact]:
    """Give the contacts of the lead's names."""
    names = (lead.person.first_name, lead.person.last_name)
    return [contact for contact in demo().contacts if (contact.first_name, contact.last_name) == names]


def accounts_named(lead: Lead) -> list[Account]:
    """Give the accounts of the lead's company name and postcode."""
    place = lead.address and lead.address.postcode
    return [
        account
        for account in demo().accounts
        if account.name == lead.company.name and account.address and account.address.postcode == place
    ]


def test_the_demo_is_the_same_every_time() -> None:
    """Two builds at one moment are equal, ids included; another moment moves only the dates, another seed all."""
    first, again = (demo_records(SEED, NOW, companies=1_000, privates=300) for _ in range(2))
    later = demo_records(SEED, NOW + timedelta(days=3), companies=1_000, privates=300)
    other = demo_records(SEED + 1, NOW, companies=1_000, privates=300)

    assert first == again
    assert (later.accounts, later.contacts) == (first.accounts, first.contacts) != (other.accounts, other.contacts)
    assert [each.lead.id for each in later.leads] == [each.lead.id for each in first.leads]
    assert later.leads[0].lead.received_at == first.leads[0].lead.received_at + timedelta(days=3)


def test_the_demo_is_large_enough() -> None:
    """It has 20,000 accounts, 30,000 contacts, thousands of them private persons, and open and closed cases."""
    [private] = [account for account in demo().accounts if account.is_private_customers]
    status = Counter(case.status for case in demo().cases)

    assert len(demo().accounts) >= 20_000
    assert len(demo().contacts) >= 30_000
    assert sum(contact.account_id == private.id for contact in demo().contacts) >= 3_000
    assert min(status[each] for each in CaseStatus) >= 500


def test_two_agents_and_a_manager_work_there() -> None:
    """The manager is the administrator as well, so that every role is there to be tried."""
    assert [user.roles for user in demo().users] == [{Role.AGENT}, {Role.AGENT}, {Role.MANAGER, Role.ADMIN}]


def test_lead_types_allow_several_one_or_all_case_types() -> None:
    """One lead type is limited to a single case type, one has none attached, which allows all."""
    allowed = [len(demo().allowed.get(lead_type.id, ())) for lead_type in demo().lead_types]

    assert sorted(allowed) == [0, 1, 2, 3]


def test_ids_are_unique_and_everything_referred_to_is_there() -> None:
    """Accounts, contacts, cases and leads refer to records of the demo only."""
    tenant = demo()
    records: tuple[Identified, ...] = (
        *tenant.users,
        *tenant.lead_types,
        *tenant.case_types,
        *tenant.reject_reasons,
        *tenant.accounts,
        *tenant.contacts,
        *tenant.cases,
        *(each.lead for each in tenant.leads),
    )
    accounts = {account.id for account in tenant.accounts}
    account_of = {contact.id: contact.account_id for contact in tenant.contacts}

    assert len({record.id for record in records}) == len(records)
    assert set(account_of.values()) <= accounts
    assert all(account_of[case.contact_id] == case.account_id for case in tenant.cases)
    assert {case.type_id for case in tenant.cases} <= {each.id for each in tenant.case_types}
    assert {each.lead.type_id for each in tenant.leads} == {each.id for each in tenant.lead_types}
    assert {id_ for ids_ in tenant.allowed.values() for id_ in ids_} <= {each.id for each in tenant.case_types}
    assert set(tenant.external) == accounts | set(account_of)


def test_a_case_is_closed_after_it_was_opened_and_never_in_the_future() -> None:
    """Open cases have no closing date, closed ones a plausible one."""
    for case in demo().cases:
        assert (case.closed_at is None) == (case.status is CaseStatus.OPEN)
        assert case.opened_at < (case.closed_at or NOW) <= NOW


def test_sixty_leads_cover_every_branch() -> None:
    """Every branch of the flow has as many leads as planned, sixty altogether."""
    counts = Counter(each.branch for each in demo().leads)

    assert counts == {branch: count for branch, (count, _) in COMPOSERS.items()}
    assert set(counts) == set(Branch)
    assert counts.total() == 60


def test_only_the_expired_leads_are_expired() -> None:
    """All other leads wait to be accepted."""
    status = {branch: {each.lead.status(NOW) for each in demo().leads if each.branch is branch} for branch in Branch}

    assert status.pop(Branch.EXPIRED) == {LeadStatus.EXPIRED}
    assert set().union(*status.values()) == {LeadStatus.NEW}
    assert all(each.lead.received_at < NOW for each in demo().leads)


@pytest.mark.parametrize("branch", [Branch.EXACT, Branch.EXPIRED, Branch.OPEN_CASE])
def test_exact_leads_tell_what_is_known(branch: Branch) -> None:
    """Name, website, address and the lists' entries are those of one account and one of its contacts."""
    for lead in leads_of(branch):
        [account] = accounts_named(lead)
        [contact] = [each for each in contacts_of(lead) if each.account_id == account.id]

        assert (account.website, account.address) == (lead.company.website, lead.address)
        assert {each.address for each in lead.emails} >= {each.address for each in account.emails}
        assert contact.emails[0].address == lead.emails[0].address


def test_two_exact_leads_have_twins_in_the_crm() -> None:
    """The account is there twice, or the contact is."""
    for lead in leads_of(Branch.SEVERAL_EXACT):
        accounts = accounts_named(lead)
        contacts = [each for each in contacts_of(lead) if each.account_id in {account.id for account in accounts}]

        assert sorted((len(accounts), len(contacts))) == [1, 2]


def test_open_case_leads_come_from_contacts_with_an_open_case() -> None:
    """There is an open case that the lead may be attached to."""
    is_open = {case.contact_id for case in demo().cases if case.status is CaseStatus.OPEN}

    for lead in leads_of(Branch.OPEN_CASE):
        assert [each for each in contacts_of(lead) if each.id in is_open and each.emails[0] == lead.emails[0]]


def test_contacts_elsewhere_are_at_another_account() -> None:
    """The person is known by mobile phone, at an account other than the lead's company."""
    for lead in leads_of(Branch.CONTACT_ELSEWHERE):
        [account] = accounts_named(lead)
        [contact] = [each for each in contacts_of(lead) if each.phones and each.phones[0] == lead.phones[0]]

        assert contact.account_id != account.id


@pytest.mark.parametrize("branch", [Branch.PRIVATE_KNOWN, Branch.PRIVATE_NEW])
def test_private_leads_name_no_company(branch: Branch) -> None:
    """A private person's lead has neither company nor website, and the person is known or not as the branch says."""
    [private] = [account for account in demo().accounts if account.is_private_customers]

    for lead in leads_of(branch):
        known = [each for each in contacts_of(lead) if each.account_id == private.id and each.emails == lead.emails]

        assert (lead.company.name, lead.company.website, lead.company.vat_id) == (None, None, None)
        assert len(known) == (branch is Branch.PRIVATE_KNOWN)


@pytest.mark.parametrize("branch", [Branch.SIMILAR, Branch.CONTACT_DIFFERENCES])
def test_similar_leads_differ_from_what_is_known(branch: Branch) -> None:
    """No contact agrees with the lead in all of name, e-mail and phone at an account of its very name and address."""
    for lead in leads_of(branch):
        accounts = {each.id for each in accounts_named(lead) if each.address == lead.address}
        same = [
            each
            for each in contacts_of(lead)
            if each.account_id in accounts and each.emails[:1] == lead.emails[:1] and each.phones[:1] == lead.phones[:1]
        ]

        assert same == []


def test_sparse_leads_say_one_thing_only() -> None:
    """A lead may consist of a company's name or a phone number alone."""
    said = [
        (lead.company.name is not None, len(lead.phones), len(lead.emails), lead.address, lead.person.last_name)
        for lead in leads_of(Branch.SPARSE)
    ]

    assert sorted(said) == [(False, 1, 0, None, None), (True, 0, 0, None, None)]


def test_every_lead_has_words_and_a_source() -> None:
    """Subject, message and source are filled, and external ids are unique."""
    leads = [each.lead for each in demo().leads]

    assert all(lead.subject and lead.message and lead.source for lead in leads)
    assert len({lead.external_id for lead in leads}) == 60
