"""Lists of e-mails and phones after a commit: whatever of the lead goes where, one entry is primary."""

from dataclasses import replace

from db import records
from domain.records import Account, Contact, RecordKind
from domain.values import EmailAddress, PhoneKind, PhoneNumber
from tests.proofs import acts
from tests.proofs.invariants import broken_rules
from tests.support.factories import make_lead
from tests.support.tables import everything
from tests.support.world import World

EMAILS = (EmailAddress("katrin.sommerfeld@gmx.de", is_primary=True), EmailAddress("info@fjordwerft.de"))
PHONES = (
    PhoneNumber("+49 171 2345678", PhoneKind.MOBILE, is_primary=True),
    PhoneNumber("+49 431 998877", PhoneKind.LANDLINE),
)


async def test_a_part_of_a_list_has_a_primary_entry_of_its_own(world: World) -> None:
    """The company gets the lead's second address and second number, and these are primary there."""
    lead = make_lead(company="Fjordwerft AG", first_name="Katrin", last_name="Sommerfeld", emails=("x@y.de",))
    lead = replace(lead, tenant_id=world.tenant.id, type_id=world.enquiry.id, emails=EMAILS, phones=PHONES)
    await world.give(lead)
    await acts.accept(world, lead)
    receipt = await acts.commit(world, lead)
    async with world.backend.database.read() as session:
        account = await records.get(session, Account, world.tenant.id, receipt.id_of(RecordKind.ACCOUNT) or 0)
        contact = await records.get(session, Contact, world.tenant.id, receipt.id_of(RecordKind.CONTACT) or 0)
    assert account is not None
    assert account.emails == (EmailAddress("info@fjordwerft.de", is_primary=True),)
    assert account.phones == (PhoneNumber("+49 431 998877", PhoneKind.LANDLINE, is_primary=True),)
    assert contact is not None
    assert sum(each.is_primary for each in contact.emails) == 1
    assert broken_rules(await everything(world.backend.database, world.tenant.id)) == []
