"""The generated CRM as records."""

from bench.bulk import crm_of
from bench.crm.parts import make_leads, make_part, parts_of
from bench.crm.records import PRIVATE_CUSTOMERS_ID, account_id

CRM = crm_of(4_100, seed=3)


def test_parts_cover_the_crm_once() -> None:
    """Every company and every private person is in exactly one part."""
    parts = parts_of(CRM)

    assert [index for part in parts for index in part.companies] == list(range(4_100))
    assert [index for part in parts for index in part.privates] == list(range(1_230))


def test_a_part_has_its_accounts_and_their_people() -> None:
    """Ids follow from the place in the CRM; contacts belong to accounts of the part or to the private customers."""
    parts = parts_of(CRM)
    accounts, contacts = make_part(parts[1])
    _, privates = make_part(parts[-1])

    assert [each.id for each in accounts] == [account_id(index) for index in parts[1].companies]
    assert {each.account_id for each in contacts} <= {each.id for each in accounts}
    assert {each.account_id for each in privates} == {PRIVATE_CUSTOMERS_ID}
    ids = [each.id for each in accounts] + [each.id for each in (*contacts, *privates)]
    assert len(set(ids)) == len(ids)
    assert accounts[0].name == CRM.account(4_000).name


def test_leads_depend_on_their_seed() -> None:
    """Equal seeds give equal leads, others give others."""
    assert make_leads(CRM, 20, seed=1) == make_leads(CRM, 20, seed=1)
    assert make_leads(CRM, 20, seed=1) != make_leads(CRM, 20, seed=2)
