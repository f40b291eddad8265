"""Drafts and patches of records: the part of an input that is the change itself."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

import strawberry

from domain import records
from domain.drafts import (
    AccountDraft,
    AccountPatch,
    CompanyPatch,
    ContactDraft,
    ContactPatch,
    LeadDraft,
    LeadPatch,
    PersonPatch,
)
from schema.inputs.given import Optional, given, moment, optional, optional_id, record_id, required
from schema.inputs.values import (
    AddressInput,
    EmailInput,
    ExternalIdInput,
    PhoneInput,
    email_drafts,
    external_ids,
    phone_drafts,
    postal_address,
)


@strawberry.input(description="The company details of a lead. In a change, what is left out stays and null clears.")
class CompanyInput:
    """See the description."""

    name: Optional[str] = optional("The company's name.")
    legal_form: Optional[str] = optional("The legal form, if it is given apart from the name.")
    vat_id: Optional[str] = optional("The VAT identification number.")
    website: Optional[str] = optional("The website.")


@strawberry.input(description="The personal details of a lead. In a change, what is left out stays and null clears.")
class PersonInput:
    """See the description."""

    salutation: Optional[str] = optional("How the person is addressed, such as Frau or Mr.")
    title: Optional[str] = optional("The academic title.")
    first_name: Optional[str] = optional("The first name or names.")
    last_name: Optional[str] = optional("The last name.")
    birth_date: Optional[date] = optional("The date of birth.")


_READ: Mapping[str, Callable[..., Any]] = {
    "type_id": partial(optional_id, records.LeadType),
    "account_id": partial(optional_id, records.Account),
    "owner_id": partial(optional_id, records.User),
    "assignee_suggestion_id": partial(optional_id, records.User),
    "received_at": lambda value: moment(value, "lead", "receivedAt"),
    "expires_at": lambda value: moment(value, "lead", "expiresAt"),
    "emails": email_drafts,
    "phones": phone_drafts,
    "address": postal_address,
    "external_ids": external_ids,
}
"""How the values of fields become what drafts and patches hold; all others stay as they are."""


def _values(source: object) -> dict[str, Any]:
    return {name: _READ[name](value) if name in _READ else value for name, value in given(source).items()}


@strawberry.input(description="A new lead. It has to name a company or a person, or say how to reach somebody.")
class LeadDraftInput:
    """See the description."""

    type_id: strawberry.ID = required("The lead type.")
    source: Optional[str] = optional("Where the lead comes from, such as a form or a portal.")
    external_id: Optional[str] = optional("The lead's id at its source, which then has to be named.")
    received_at: Optional[datetime] = optional("When the lead was received; now, if left out.")
    expires_at: Optional[datetime] = optional("When the lead expires if nobody has decided by then.")
    subject: Optional[str] = optional("What it is about, in one line.")
    message: Optional[str] = optional("What the person wrote.")
    interest: Optional[str] = optional("The product or vehicle that the person is interested in.")
    assignee_suggestion_id: Optional[strawberry.ID] = optional("The user to suggest as assignee.")
    company: Optional[CompanyInput] = optional("The company details.")
    person: Optional[PersonInput] = optional("The personal details.")
    emails: Optional[list[EmailInput]] = optional("The e-mail addresses.")
    phones: Optional[list[PhoneInput]] = optional("The phone numbers.")
    address: Optional[AddressInput] = optional("The postal address.")

    def draft(self) -> LeadDraft:
        """The lead as given."""
        values = _values(self)
        company, person = values.pop("company", None), values.pop("person", None)
        return LeadDraft(
            type_id=record_id(records.LeadType, self.type_id),
            company=None if company is None else records.Company(**given(company)),
            person=None if person is None else records.Person(**given(person)),
            **values,
        )


@strawberry.input(
    description="What to change of a lead: what is left out stays, null clears, lists are replaced whole."
)
class LeadPatchInput:
    """See the description."""

    type_id: Optional[strawberry.ID] = optional("The lead type.")
    source: Optional[str] = optional("Where the lead comes from.")
    external_id: Optional[str] = optional("The lead's id at its source.")
    expires_at: Optional[datetime] = optional("When the lead expires if nobody has decided by then.")
    subject: Optional[str] = optional("What it is about, in one line.")
    message: Optional[str] = optional("What the person wrote.")
    interest: Optional[str] = optional("The product or vehicle that the person is interested in.")
    assignee_suggestion_id: Optional[strawberry.ID] = optional("The user to suggest as assignee.")
    company: Optional[CompanyInput] = optional("The company details that change.")
    person: Optional[PersonInput] = optional("The personal details that change.")
    emails: Optional[list[EmailInput]] = optional("The e-mail addresses.")
    phones: Optional[list[PhoneInput]] = optional("The phone numbers.")
    address: Optional[AddressInput] = optional("The postal address.")

    def patch(self) -> LeadPatch:
        """The change as given."""
        values = _values(self)
        if values.get("company") is not None:
            values["company"] = CompanyPatch(**given(values["company"]))
        if values.get("person") is not None:
            values["person"] = PersonPatch(**given(values["person"]))
        return LeadPatch(**values)


@strawberry.input(description="A new account.")
class AccountDraftInput:
    """See the description."""

    name: str = required("The company's name.")
    vat_id: Optional[str] = optional("The VAT identification number.")
    website: Optional[str] = optional("The website.")
    emails: Optional[list[EmailInput]] = optional("The company's own e-mail addresses.")
    phones: Optional[list[PhoneInput]] = optional("The company's own phone numbers.")
    address: Optional[AddressInput] = optional("The postal address.")
    external_ids: Optional[list[ExternalIdInput]] = optional("The account's ids in other systems.")
    owner_id: Optional[strawberry.ID] = optional("The user who owns the account.")

    def draft(self) -> AccountDraft:
        """The account as given."""
        return AccountDraft(name=self.name, **_values(self))


@strawberry.input(
    description="What to change of an account: what is left out stays, null clears, lists are replaced whole."
)
class AccountPatchInput:
    """See the description."""

    name: Optional[str] = optional("The company's name.")
    vat_id: Optional[str] = optional("The VAT identification number.")
    website: Optional[str] = optional("The website.")
    emails: Optional[list[EmailInput]] = optional("The company's own e-mail addresses.")
    phones: Optional[list[PhoneInput]] = optional("The company's own phone numbers.")
    address: Optional[AddressInput] = optional("The postal address.")
    external_ids: Optional[list[ExternalIdInput]] = optional("The account's ids in other systems.")
    owner_id: Optional[strawberry.ID] = optional("The user who owns the account.")

    def patch(self) -> AccountPatch:
        """The change as given."""
        return AccountPatch(**_values(self))


@strawberry.input(description="A new contact. It has to have a name, or an e-mail address, or a phone number.")
class ContactDraftInput:
    """See the description."""

    account_id: strawberry.ID = required("The account that the person belongs to.")
    salutation: Optional[str] = optional("How the person is addressed, such as Frau or Mr.")
    title: Optional[str] = optional("The academic title.")
    first_name: Optional[str] = optional("The first name or names.")
    last_name: Optional[str] = optional("The last name.")
    birth_date: Optional[date] = optional("The date of birth.")
    emails: Optional[list[EmailInput]] = optional("The person's e-mail addresses.")
    phones: Optional[list[PhoneInput]] = optional("The person's phone numbers.")
    address: Optional[AddressInput] = optional("The person's own postal address.")
    external_ids: Optional[list[ExternalIdInput]] = optional("The contact's ids in other systems.")
    owner_id: Optional[strawberry.ID] = optional("The user who owns the contact.")

    def draft(self) -> ContactDraft:
        """The contact as given."""
        return ContactDraft(account_id=record_id(records.Account, self.account_id), **_values(self))


@strawberry.input(
    description="What to change of a contact: what is left out stays, null clears, lists are replaced whole."
)
class ContactPatchInput:
    """See the description."""

    account_id: Optional[strawberry.ID] = optional("Another account: moves the contact, whose cases stay with theirs.")
    salutation: Optional[str] = optional("How the person is addressed, such as Frau or Mr.")
    title: Optional[str] = optional("The academic title.")
    first_name: Optional[str] = optional("The first name or names.")
    last_name: Optional[str] = optional("The last name.")
    birth_date: Optional[date] = optional("The date of birth.")
    emails: Optional[list[EmailInput]] = optional("The person's e-mail addresses.")
    phones: Optional[list[PhoneInput]] = optional("The person's phone numbers.")
    address: Optional[AddressInput] = optional("The person's own postal address.")
    external_ids: Optional[list[ExternalIdInput]] = optional("The contact's ids in other systems.")
    owner_id: Optional[strawberry.ID] = optional("The user who owns the contact.")

    def patch(self) -> ContactPatch:
        """The change as given."""
        return ContactPatch(**_values(self))
