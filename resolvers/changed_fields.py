"""The fields of all records, as one closed list, for what was or would be written."""

from enum import Enum


class ChangedField(Enum):
    """A field of a lead, account, contact or case; the value is its name in changes and events."""

    NAME = "name"
    VAT_ID = "vat_id"
    WEBSITE = "website"
    EMAILS = "emails"
    PHONES = "phones"
    ADDRESS = "address"
    EXTERNAL_IDS = "external_ids"
    OWNER = "owner_id"
    IS_PRIVATE_CUSTOMERS = "is_private_customers"
    ACCOUNT = "account_id"
    CONTACT = "contact_id"
    CASE = "case_id"
    SALUTATION = "salutation"
    TITLE = "title"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BIRTH_DATE = "birth_date"
    NUMBER = "number"
    TYPE = "type_id"
    ASSIGNEE = "assignee_id"
    STATUS = "status"
    OPENED_AT = "opened_at"
    CLOSED_AT = "closed_at"
    RECEIVED_AT = "received_at"
    SOURCE = "source"
    EXTERNAL_ID = "external_id"
    EXPIRES_AT = "expires_at"
    SUBJECT = "subject"
    MESSAGE = "message"
    INTEREST = "interest"
    ASSIGNEE_SUGGESTION = "assignee_suggestion_id"
    COMPANY_NAME = "company.name"
    COMPANY_LEGAL_FORM = "company.legal_form"
    COMPANY_VAT_ID = "company.vat_id"
    COMPANY_WEBSITE = "company.website"
    PERSON_SALUTATION = "person.salutation"
    PERSON_TITLE = "person.title"
    PERSON_FIRST_NAME = "person.first_name"
    PERSON_LAST_NAME = "person.last_name"
    PERSON_BIRTH_DATE = "person.birth_date"
    ACCEPTED_BY = "accepted_by_id"
    ACCEPTED_AT = "accepted_at"
    REJECTED_BY = "rejected_by_id"
    REJECTED_AT = "rejected_at"
    REJECT_REASON = "reject_reason_id"
    REJECT_COMMENT = "reject_comment"


_SYNONYMS = {"stored_status": ChangedField.STATUS}


def changed_field(name: str) -> ChangedField:
    """The field with this name. Raises ``ValueError`` for an unknown one."""
    return _SYNONYMS.get(name) or ChangedField(name)
