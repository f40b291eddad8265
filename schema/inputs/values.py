"""Inputs for the small values that records share."""

from collections.abc import Sequence
from datetime import date

import strawberry

from domain.drafts import EmailDraft, PhoneDraft
from domain.fields import FieldValue
from domain.values import EmailAddress, ExternalId, PhoneKind, PhoneNumber, PostalAddress
from schema.inputs.given import Optional, given, optional, required, value


@strawberry.input(description="One entry of a list of e-mail addresses.")
class EmailInput:
    """See the description."""

    address: str = required("The address, such as `karin@example.com`.")
    is_primary: Optional[bool] = optional("Whether to use it first; if no entry is marked, the first one is.")

    def draft(self) -> EmailDraft:
        """The entry as given."""
        return EmailDraft(self.address, bool(value(self.is_primary)))


@strawberry.input(description="One entry of a list of phone numbers.")
class PhoneInput:
    """See the description."""

    number: str = required("The number, in any form that people write.")
    kind: Optional[PhoneKind] = optional("The kind of line; without it, the number tells whether it is a mobile one.")
    is_primary: Optional[bool] = optional("Whether to use it first; if no entry is marked, the first one is.")

    def draft(self) -> PhoneDraft:
        """The entry as given."""
        return PhoneDraft(self.number, value(self.kind), bool(value(self.is_primary)))


@strawberry.input(description="A postal address. It is always given whole.")
class AddressInput:
    """See the description."""

    street: Optional[str] = optional("The street without the house number.")
    house_number: Optional[str] = optional("The house number with its suffix, such as `12 a`.")
    postcode: Optional[str] = optional("The postcode.")
    city: Optional[str] = optional("The town.")
    region: Optional[str] = optional("The state, province or county.")
    country: Optional[str] = optional("The country, as two letters of ISO 3166-1.")

    def address(self) -> PostalAddress:
        """The address as given."""
        return PostalAddress(**given(self))


@strawberry.input(description="The id that a record has in another system.")
class ExternalIdInput:
    """See the description."""

    system: str = required("The other system's name.")
    value: str = required("The id there; unique per tenant, kind of record and system.")

    def external_id(self) -> ExternalId:
        """The id as given."""
        return ExternalId(self.system, self.value)


@strawberry.input(one_of=True, description="A value of the user's own for a field; exactly one of these.")
class FieldValueInput:
    """See the description."""

    text: strawberry.Maybe[str] = optional("For fields that are texts.")
    date_: strawberry.Maybe[date] = strawberry.field(
        default=None, name="date", description="For fields that are dates."
    )
    emails: strawberry.Maybe[list[EmailInput]] = optional("For e-mail addresses: the whole new list.")
    phones: strawberry.Maybe[list[PhoneInput]] = optional("For phone numbers: the whole new list.")
    address: strawberry.Maybe[AddressInput] = optional("For the postal address: the whole new address.")

    def field_value(self) -> FieldValue:
        """The one value that was given."""
        if self.emails is not None:
            return tuple(_email(each) for each in self.emails.value)
        if self.phones is not None:
            return tuple(_phone(each) for each in self.phones.value)
        if self.address is not None:
            return self.address.value.address()
        if self.date_ is not None:
            return self.date_.value
        return value(self.text) or ""


def _email(entry: EmailInput) -> EmailAddress:
    return EmailAddress(entry.address, bool(value(entry.is_primary)))


def _phone(entry: PhoneInput) -> PhoneNumber:
    return PhoneNumber(entry.number, value(entry.kind) or PhoneKind.LANDLINE, bool(value(entry.is_primary)))


def email_drafts(entries: Sequence[EmailInput] | None) -> tuple[EmailDraft, ...] | None:
    """A list of e-mail addresses as given."""
    return None if entries is None else tuple(each.draft() for each in entries)


def phone_drafts(entries: Sequence[PhoneInput] | None) -> tuple[PhoneDraft, ...] | None:
    """A list of phone numbers as given."""
    return None if entries is None else tuple(each.draft() for each in entries)


def external_ids(entries: Sequence[ExternalIdInput] | None) -> tuple[ExternalId, ...] | None:
    """A list of ids in other systems as given."""
    return None if entries is None else tuple(each.external_id() for each in entries)


def postal_address(address: AddressInput | None) -> PostalAddress | None:
    """A postal address as given."""
    return None if address is None else address.address()
