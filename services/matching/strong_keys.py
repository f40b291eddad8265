"""Strong keys: what makes two new records twins. They are locked when a record is created, and twins are looked up by
them.

All of them are among the tier-one keys, so a look-up in the key table finds the records that carry them.
"""

from services.matching.company_keys import domain_name_hashes, name_postcode_hashes
from services.matching.hashes import hash_of
from services.matching.model import CompanyDocument, PersonDocument
from services.matching.person_keys import key_names, person_domain_hashes, person_postcode_hashes


def account_strong_keys(document: CompanyDocument) -> tuple[int, ...]:
    """Hashes for e-mails, phones, VAT id, domain with name, name with postcode; sorted, so locks are taken in order."""
    hashes = _mail_and_phone_hashes(document) + domain_name_hashes(document) + name_postcode_hashes(document)
    if document.vat_id:
        hashes.append(hash_of("vat", document.vat_id))
    return tuple(sorted(set(hashes)))


def person_strong_keys(document: PersonDocument) -> tuple[int, ...]:
    """Hashes for e-mails, phones, company domain with name, name with postcode; sorted."""
    names = key_names(document)
    named = person_domain_hashes(document, names) + person_postcode_hashes(document, names)
    hashes = _mail_and_phone_hashes(document) + named
    return tuple(sorted(set(hashes)))


def _mail_and_phone_hashes(document: CompanyDocument | PersonDocument) -> list[int]:
    emails = [hash_of("email", email) for email in document.emails]
    return emails + [hash_of("phone", phone) for phone in document.phones]
