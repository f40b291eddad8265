"""The generated CRM (``bench.crm``) and its labelled leads.

A business lead asks for the account and, as staff, for the contact there; a private person's lead asks for the contact.
Every situation, every corruption and every near miss is a line of its own. A near miss has no mate and stands near to a
record on purpose, so a threshold has to cut into true matches to keep it out: the lines "all near misses" and "all but
near misses" part the two. A private person's lead may have nothing but the name in common with its record, which only a
rare name then tells from others: "known by more than the name" and "known by the name alone" part those.
"""

from bench.crm.generator import Crm
from bench.crm.leads import leads
from bench.crm.model import NEAR_MISSES, GeneratedLead, Situation
from bench.crm.records import record_id, to_account, to_contact, to_lead
from bench.kept import digest_of_generator
from bench.quality.model import LabelledSet, Query, View
from domain.records import Contact, Lead
from services.matching.documents import contact_document, lead_document

COUNTRY = "DE"
MORE_THAN_NAME, NAME_ALONE = "known by more than the name", "known by the name alone"
"""Lines of private persons whose lead and record have some detail in common, and none."""
PRIVATES_PER_ACCOUNT = 0.3
BULK_FROM = 100_000
"""From so many companies on, writing record by record takes an hour and more."""


def load_crm(*, accounts: int, privates: int | None = None, count: int, seed: int) -> LabelledSet:
    """A CRM of so many companies and private persons (None: three for ten companies), and ``count`` leads for it."""
    crm = Crm(seed, accounts, round(accounts * PRIVATES_PER_ACCOUNT) if privates is None else privates)
    return LabelledSet(
        name="crm",
        country=COUNTRY,
        fingerprint=f"{crm} {digest_of_generator()}",
        accounts=lambda: map(to_account, crm.accounts()),
        contacts=lambda: (to_contact(each, private_customers_id=0) for each in crm.contacts()),
        queries=[_query(crm, number, lead) for number, lead in enumerate(leads(crm, count))],
        notes=(f"{crm.companies:,} companies and {crm.privates:,} private persons, seed {seed}",),
        bulk=crm if crm.companies >= BULK_FROM else None,
    )


def _mates(key: str | None) -> frozenset[int]:
    return frozenset() if key is None else frozenset({record_id(key)})


def _has_detail_in_common(lead: Lead, record: Contact) -> bool:
    """Whether anything besides the name is equal after normalisation: e-mail, phone, birth date, postcode or city."""
    one, other = lead_document(lead, COUNTRY).person, contact_document(record, COUNTRY)
    shared = {*one.emails, *one.phones, one.birth_date, one.postcode, one.city} - {None, ""}
    return not shared.isdisjoint({*other.emails, *other.phones, other.birth_date, other.postcode, other.city})


def _lines_of_private(crm: Crm, place: int, lead: GeneratedLead) -> tuple[str, ...]:
    if lead.truth.situation is not Situation.KNOWN_PRIVATE or lead.truth.contact_key is None:
        return ()
    record = to_contact(crm.private_contact(int(lead.truth.contact_key.removeprefix("P"))))
    has_more = _has_detail_in_common(to_lead(place, lead), record)
    return (MORE_THAN_NAME if has_more else NAME_ALONE,)


def _query(crm: Crm, place: int, lead: GeneratedLead) -> Query:
    truth = lead.truth
    contact, account = _mates(truth.contact_key), _mates(truth.account_key)
    is_near_miss = truth.situation in NEAR_MISSES
    return Query(
        lead=to_lead(place, lead),
        truth={View.CONTACTS: contact} if truth.is_private else {View.ACCOUNTS: account, View.STAFF: contact},
        near=None if truth.near is None else record_id(truth.near),
        lines=(
            f"{'near miss' if is_near_miss else 'situation'} {truth.situation.value}",
            "all near misses" if is_near_miss else "all but near misses",
            *_lines_of_private(crm, place, lead),
            *(f"corruption {name}" for name in lead.corruptions or ("none",)),
        ),
    )
