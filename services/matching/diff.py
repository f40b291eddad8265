"""The differences between a lead and an existing record, field by field, as the user decides them.

Fields that both sides lack are left out; the others come in the order of ``AccountField`` and ``ContactField``. A
difference of form only is none (``diff_forms``).
"""

from collections.abc import Callable, Hashable
from datetime import date

from domain.fields import AccountField, ContactField, DiffStatus, FieldDiff, FieldValue, RecordField, Take
from domain.records import Account, Company, Contact, Lead, Person
from domain.values import EmailAddress, PhoneNumber
from services.matching import diff_forms as forms
from services.matching.companies import parse_company, parse_legal_form
from services.matching.diff_addresses import diff_address
from services.matching.diff_lists import diff_list
from services.matching.emails import company_domain, fold_email
from services.matching.people import parse_person
from services.matching.phones import MOBILE, fold_phone
from services.matching.text import clean, words

_MIN_NAME = 3


def account_diffs(lead: Lead, account: Account, country: str, contact: Contact | None = None) -> tuple[FieldDiff, ...]:
    """The lead's company held against an account. ``country`` is the tenant's default country.

    ``contact`` is the existing contact that the lead goes to, if there is one: what it has is not asked of the account.

    A lead without a company name says nothing about the account's name. Its e-mails, phones and address are the
    company's as well; but where it names a person, mobile numbers, freemail addresses and addresses that name the
    person are left to the contact. The private customers' account is never changed, so it has no differences.
    """
    if account.is_private_customers:
        return ()
    company = lead.company
    emails = tuple(each for each in lead.emails if not _is_personal_email(each, lead.person))
    phones = tuple(each for each in lead.phones if not _is_personal_phone(each, lead.person, country))
    emails, phones = _without_those_of(contact, account, emails, phones, country)
    return _given(
        _diff_company_name(company, account.name),
        _diff_text(AccountField.VAT_ID, company.vat_id, account.vat_id, lambda text: forms.vat_id(text, country)),
        _diff_text(AccountField.WEBSITE, company.website, account.website, forms.website),
        diff_list(AccountField.EMAILS, emails, account.emails, forms.email),
        diff_list(AccountField.PHONES, phones, account.phones, lambda each: forms.phone(each, country)),
        diff_address(AccountField.ADDRESS, lead.address, account.address, country),
    )


def contact_diffs(lead: Lead, contact: Contact, country: str, account: Account | None = None) -> tuple[FieldDiff, ...]:
    """The lead's person held against a contact. ``country`` is the tenant's default country.

    ``account`` is the existing account that the lead goes to, if there is one: what it has is not asked of the contact.

    The address of a lead that names a company is the company's: it does not fill a contact's empty one, but it is held
    against one that the contact has.
    """
    person = lead.person
    is_company_address = contact.address is None and bool(clean(lead.company.name))
    emails, phones = _without_those_of(account, contact, lead.emails, lead.phones, country)
    return _given(
        _diff_text(ContactField.SALUTATION, person.salutation, contact.salutation, forms.spelling),
        _diff_text(ContactField.TITLE, person.title, contact.title, forms.spelling),
        _diff_text(ContactField.FIRST_NAME, person.first_name, contact.first_name, forms.person_name),
        _diff_text(ContactField.LAST_NAME, person.last_name, contact.last_name, forms.person_name),
        _diff_birth_date(person.birth_date, contact.birth_date),
        diff_list(ContactField.EMAILS, emails, contact.emails, forms.email),
        diff_list(ContactField.PHONES, phones, contact.phones, lambda each: forms.phone(each, country)),
        diff_address(ContactField.ADDRESS, None if is_company_address else lead.address, contact.address, country),
    )


def _without_those_of(
    other: Account | Contact | None,
    record: Account | Contact,
    emails: tuple[EmailAddress, ...],
    phones: tuple[PhoneNumber, ...],
    country: str,
) -> tuple[tuple[EmailAddress, ...], tuple[PhoneNumber, ...]]:
    """The lead's entries without those that the other record has, and so are no news; an empty list is filled."""
    if other is None:
        return emails, phones
    known_emails = {forms.email(each) for each in other.emails} - {forms.email(each) for each in record.emails}
    known_phones = {forms.phone(each, country) for each in other.phones}
    known_phones -= {forms.phone(each, country) for each in record.phones}
    return (
        tuple(each for each in emails if not record.emails or forms.email(each) not in known_emails),
        tuple(each for each in phones if not record.phones or forms.phone(each, country) not in known_phones),
    )


def company_name(company: Company) -> str:
    """The whole name of a lead's company: with the legal form of its own field, where the name has none. "" if none."""
    name = clean(company.name)
    _, legal_form = parse_company(name)
    if name and not legal_form and parse_legal_form(company.legal_form):
        return f"{name} {clean(company.legal_form)}"
    return name


def _given(*diffs: FieldDiff | None) -> tuple[FieldDiff, ...]:
    return tuple(each for each in diffs if each is not None)


def _diff_company_name(company: Company, existing: str) -> FieldDiff | None:
    """The name with its legal form. A lead that leaves the legal form out says less, not something else."""
    name = company_name(company)
    if not name:
        return one_sided(AccountField.NAME, None, existing or None)
    _, legal_form = parse_company(name)
    lead_core, core = forms.company_core(name), forms.company_core(existing)
    _, existing_form = parse_company(existing)
    if lead_core == core and legal_form in {"", existing_form}:
        return _diff_text(AccountField.NAME, name, existing, lambda _: core)
    return _diff_text(AccountField.NAME, name, existing, forms.spelling)


def _diff_text(
    field: RecordField, value: str | None, existing: str | None, form: Callable[[str], Hashable]
) -> FieldDiff | None:
    """One text. The lead's is suggested where it completes the existing one (``Karl`` for ``K.``)."""
    lead_text, existing_text = clean(value), clean(existing)
    if not lead_text or not existing_text:
        return one_sided(field, value if lead_text else None, existing if existing_text else None)
    is_same = form(lead_text) == form(existing_text)
    return FieldDiff(
        field=field,
        lead_value=value,
        existing_value=existing,
        status=DiffStatus.SAME if is_same else DiffStatus.DIFFERENT,
        similarity=1.0 if is_same else forms.similarity(lead_text, existing_text),
        suggested=Take.LEAD if not is_same and _completes(lead_text, existing_text) else Take.EXISTING,
    )


def _diff_birth_date(value: date | None, existing: date | None) -> FieldDiff | None:
    if value is None or existing is None:
        return one_sided(ContactField.BIRTH_DATE, value, existing)
    return FieldDiff(
        field=ContactField.BIRTH_DATE,
        lead_value=value,
        existing_value=existing,
        status=DiffStatus.SAME if value == existing else DiffStatus.DIFFERENT,
        similarity=forms.similarity(value.isoformat(), existing.isoformat()),
    )


def one_sided(field: RecordField, value: FieldValue | None, existing: FieldValue | None) -> FieldDiff | None:
    """The difference of a field that at most one side has; None if neither has it."""
    if value is None and existing is None:
        return None
    return FieldDiff(
        field=field,
        lead_value=value,
        existing_value=existing,
        status=DiffStatus.ONLY_EXISTING if value is None else DiffStatus.FILLS_EMPTY,
        suggested=Take.EXISTING if value is None else Take.LEAD,
    )


def _completes(text: str, existing: str) -> bool:
    """Whether a text says all that the existing one says, and more."""
    given, known = words(text), words(existing)
    return len("".join(given)) > len("".join(known)) and all(
        any(word == each or (len(each) == 1 and word.startswith(each)) for word in given) for each in known
    )


def _is_personal_email(email: EmailAddress, person: Person) -> bool:
    """Whether an address is the person's rather than the company's: a freemail one, or one that carries the name."""
    first_names, last_names, _ = parse_person(person.first_name, person.last_name)
    if not first_names and not last_names:
        return False
    folded = fold_email(email.address)
    if not company_domain(folded):
        return True
    mailbox = "".join(words(folded.rpartition("@")[0]))
    return any(name in mailbox for name in first_names + last_names if len(name) >= _MIN_NAME)


def _is_personal_phone(phone: PhoneNumber, person: Person, country: str) -> bool:
    has_person = bool(clean(person.first_name) or clean(person.last_name))
    return has_person and fold_phone(phone.number, phone.kind, country)[1] == MOBILE
