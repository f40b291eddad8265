"""Looking leads up among the accounts and contacts of a tenant."""

from domain.matches import Band, Verdict
from services.candidates import match_leads
from tests.support.factories import address_of, make_account, make_contact, make_lead
from tests.support.offices import Office

HERE = address_of("Werftstraße", "12", "01067", "Dresden")


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
