"""Writes the demo's tenant into a database, through the services that imports go through."""

from collections.abc import Callable

from bench.demo.model import DemoTenant
from db import reference
from db.engine import WriteSession
from services.backend import Backend
from services.importing.bulk import write_accounts, write_cases, write_contacts, write_leads
from services.indexing import fold_frequencies, start_tenant


async def write_demo(backend: Backend, demo: DemoTenant, report: Callable[[str], None] = lambda _: None) -> None:
    """Write everything into a migrated database that does not have the tenant yet; ``report`` is told what was done."""
    tenant = demo.tenant
    async with backend.database.write(tenant.id, backend.now()) as session:
        await reference.insert_tenant(session, tenant)
        await start_tenant(session, tenant.id)
        await _write_reference(session, demo)
    report(f"{await write_accounts(backend, tenant, demo.accounts, demo.external):,} accounts")
    report(f"{await write_contacts(backend, tenant, demo.contacts, demo.external):,} contacts")
    report(f"{await write_cases(backend, tenant, demo.cases):,} cases")
    report(f"{await write_leads(backend, tenant, [each.lead for each in demo.leads]):,} leads")
    await fold_frequencies(backend, tenant.id)


async def _write_reference(session: WriteSession, demo: DemoTenant) -> None:
    await reference.insert_users(session, demo.users)
    for entries in (demo.case_types, demo.lead_types, demo.reject_reasons):
        await reference.insert_entries(session, entries)
    for lead_type_id, case_type_ids in demo.allowed.items():
        await reference.attach_case_types(session, lead_type_id, case_type_ids)
