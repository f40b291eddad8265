"""Enums of fields, their differences, and the decisions about them."""

from domain.fields import AccountField, AddressPart, ContactField, DiffStatus, Take
from resolvers.changed_fields import ChangedField
from schema.enums.describe import describe

describe(
    AccountField,
    "The fields of an account that are compared with a lead and decided one by one.",
    {
        AccountField.NAME: "The company's name.",
        AccountField.VAT_ID: "The VAT identification number.",
        AccountField.WEBSITE: "The website, compared by its domain.",
        AccountField.EMAILS: "The list of e-mail addresses.",
        AccountField.PHONES: "The list of phone numbers.",
        AccountField.ADDRESS: "The postal address, decided as one block.",
    },
)
describe(
    ContactField,
    "The fields of a contact that are compared with a lead and decided one by one.",
    {
        ContactField.SALUTATION: "How the person is addressed, such as Frau or Mr.",
        ContactField.TITLE: "The academic title.",
        ContactField.FIRST_NAME: "The first name or names.",
        ContactField.LAST_NAME: "The last name.",
        ContactField.BIRTH_DATE: "The date of birth.",
        ContactField.EMAILS: "The list of e-mail addresses.",
        ContactField.PHONES: "The list of phone numbers.",
        ContactField.ADDRESS: "The person's own postal address, decided as one block.",
    },
)
describe(
    AddressPart,
    "The parts of a postal address.",
    {
        AddressPart.STREET: "The street without the house number.",
        AddressPart.HOUSE_NUMBER: "The house number with its suffix.",
        AddressPart.POSTCODE: "The postcode.",
        AddressPart.CITY: "The town.",
        AddressPart.REGION: "The state, province or county.",
        AddressPart.COUNTRY: "The country, as two letters of ISO 3166-1.",
    },
)
describe(
    DiffStatus,
    "How the lead's value of a field relates to the existing one.",
    {
        DiffStatus.SAME: "Equal, or different in form only: there is nothing to decide.",
        DiffStatus.FILLS_EMPTY: "Only the lead has a value; it will be taken over without asking.",
        DiffStatus.ONLY_EXISTING: "Only the existing record has a value; it stays.",
        DiffStatus.ADDS: "The lead has entries that the list lacks and nothing stands against: to be decided.",
        DiffStatus.DIFFERENT: "Both have a value and they differ: to be decided.",
    },
)
describe(
    Take,
    "Which side's value of a field is kept.",
    {
        Take.LEAD: "The lead's value; in a list it replaces the entry shown against it and leaves the others.",
        Take.EXISTING: "The existing record's value; the lead's is dropped.",
        Take.BOTH: "Both, for lists of e-mails and phones only; `primary` says whose entry comes first.",
    },
)
describe(
    ChangedField,
    "The fields of records that can be written, over all kinds of record.",
    {
        ChangedField.NAME: "The account's name.",
        ChangedField.VAT_ID: "The account's VAT identification number.",
        ChangedField.WEBSITE: "The account's website.",
        ChangedField.EMAILS: "The e-mail addresses.",
        ChangedField.PHONES: "The phone numbers.",
        ChangedField.ADDRESS: "The postal address.",
        ChangedField.EXTERNAL_IDS: "The ids in other systems.",
        ChangedField.OWNER: "The user who owns the record.",
        ChangedField.IS_PRIVATE_CUSTOMERS: "Whether it is the shared account of private customers.",
        ChangedField.ACCOUNT: "The account it belongs to.",
        ChangedField.CONTACT: "The contact it belongs to.",
        ChangedField.CASE: "The case it belongs to.",
        ChangedField.SALUTATION: "The contact's salutation.",
        ChangedField.TITLE: "The contact's academic title.",
        ChangedField.FIRST_NAME: "The contact's first name.",
        ChangedField.LAST_NAME: "The contact's last name.",
        ChangedField.BIRTH_DATE: "The contact's date of birth.",
        ChangedField.NUMBER: "The case's number.",
        ChangedField.TYPE: "The lead's or the case's type.",
        ChangedField.ASSIGNEE: "The user the case is assigned to.",
        ChangedField.STATUS: "The status of the lead or the case.",
        ChangedField.OPENED_AT: "When the case was opened.",
        ChangedField.CLOSED_AT: "When the case was closed.",
        ChangedField.RECEIVED_AT: "When the lead was received.",
        ChangedField.SOURCE: "Where the lead came from.",
        ChangedField.EXTERNAL_ID: "The lead's id at its source.",
        ChangedField.EXPIRES_AT: "When the lead expires.",
        ChangedField.SUBJECT: "The lead's subject.",
        ChangedField.MESSAGE: "The lead's message.",
        ChangedField.INTEREST: "The product or vehicle the lead is interested in.",
        ChangedField.ASSIGNEE_SUGGESTION: "The user suggested as assignee of the lead.",
        ChangedField.COMPANY_NAME: "The name of the lead's company.",
        ChangedField.COMPANY_LEGAL_FORM: "The legal form of the lead's company.",
        ChangedField.COMPANY_VAT_ID: "The VAT identification number of the lead's company.",
        ChangedField.COMPANY_WEBSITE: "The website of the lead's company.",
        ChangedField.PERSON_SALUTATION: "The salutation of the lead's person.",
        ChangedField.PERSON_TITLE: "The academic title of the lead's person.",
        ChangedField.PERSON_FIRST_NAME: "The first name of the lead's person.",
        ChangedField.PERSON_LAST_NAME: "The last name of the lead's person.",
        ChangedField.PERSON_BIRTH_DATE: "The date of birth of the lead's person.",
        ChangedField.ACCEPTED_BY: "The user who accepted the lead.",
        ChangedField.ACCEPTED_AT: "When the lead was accepted.",
        ChangedField.REJECTED_BY: "The user who rejected the lead.",
        ChangedField.REJECTED_AT: "When the lead was rejected.",
        ChangedField.REJECT_REASON: "The reason for rejecting the lead.",
        ChangedField.REJECT_COMMENT: "The comment on rejecting the lead.",
    },
)
