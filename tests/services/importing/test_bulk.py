"""Ready records in batches."""

from dataclasses import replace

from domain.records import Account, Case, CaseStatus, Contact, Lead
from domain.values import ExternalId
from services.importing import bulk
from services.tenants import add_case_type, add_user
from tests.services.importing.shop import Shop, counted
from tests.support.factories import NOW, make_account, make_contact, make_lead


async def test_records_of_all_kinds_are_written_in_batches(shop: Shop) -> None:
    """Accounts with external ids, their contacts, leads in any state, and cases with the next numbers."""
    tenant, new_id = shop.tenant, shop.backend.ids.new_id
    user = await add_user(shop.backend, tenant, "Ute Bär", "ute@nord.example")
    kind = await add_case_type(shop.backend, tenant, "sale", "Sale")
    accounts = [make_account(tenant_id=tenant.id, id=new_id(), name=f"Firma {n}") for n in range(1_050)]
    contacts = [make_contact(each, tenant_id=tenant.id, id=new_id()) for each in accounts]
    leads = [make_lead(tenant_id=tenant.id, id=new_id(), type_id=shop.lead_type.id, last_name="Bär")]
    cases = [
        Case(
            tenant_id=tenant.id,
            id=new_id(),
            number=0,
            type_id=kind.id,
            account_id=each.account_id,
            contact_id=each.id,
            assignee_id=user.id,
            status=CaseStatus.OPEN,
            opened_at=NOW,
        )
        for each in contacts[:3]
    ]

    before = await shop.row_counts()
    external = {accounts[0].id: (ExternalId("demo", "1"),)}
    assert await bulk.write_accounts(shop.backend, tenant, iter(accounts), external) == 1_050
    assert await bulk.write_contacts(shop.backend, tenant, contacts) == 1_050
    assert await bulk.write_leads(shop.backend, tenant, leads) == 1
    assert await bulk.write_cases(shop.backend, tenant, cases[:2]) == 2
    assert await bulk.write_cases(shop.backend, tenant, cases[2:]) == 1

    assert await shop.all(Account) == accounts
    assert await shop.all(Contact) == contacts
    assert await shop.all(Lead) == leads
    assert await shop.all(Case) == [replace(each, number=n) for n, each in enumerate(cases, 1)]
    assert await shop.external_ids() == {ExternalId("demo", "1"): accounts[0].id}
    assert (await shop.row_counts())["changes"] == before["changes"]
    assert (await shop.row_counts())["events"] == before["events"] + 2 * 1_050 + 1 + 3


async def test_a_batch_takes_a_constant_number_of_statements(shop: Shop) -> None:
    """However many accounts are in it."""
    tenant, new_id = shop.tenant, shop.backend.ids.new_id

    async def statements(count: int) -> int:
        accounts = [make_account(tenant_id=tenant.id, id=new_id(), emails=(f"a{n}@b.de",)) for n in range(count)]
        with counted(shop.backend.database) as sent:
            await bulk.write_accounts(shop.backend, tenant, accounts)
        return len(sent)

    assert await statements(10) == await statements(300)
