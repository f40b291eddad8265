"""Small values that several records share."""

import strawberry

from domain import values


@strawberry.type(description="One entry of a list of e-mail addresses.")
class EmailAddress:
    """See the description."""

    address: str = strawberry.field(description="The address, such as `karin@example.com`.")
    is_primary: bool = strawberry.field(description="Whether it is the one to use first; exactly one of a list is.")


@strawberry.type(description="One entry of a list of phone numbers.")
class PhoneNumber:
    """See the description."""

    number: str = strawberry.field(description="The number as it was given.")
    kind: values.PhoneKind = strawberry.field(description="What kind of line it is.")
    is_primary: bool = strawberry.field(description="Whether it is the one to use first; exactly one of a list is.")


@strawberry.type(description="A postal address. It is compared and decided as one block.")
class PostalAddress:
    """See the description."""

    street: str | None = strawberry.field(description="The street without the house number.")
    house_number: str | None = strawberry.field(description="The house number with its suffix, such as `12 a`.")
    postcode: str | None = strawberry.field(description="The postcode.")
    city: str | None = strawberry.field(description="The town.")
    region: str | None = strawberry.field(description="The state, province or county.")
    country: str | None = strawberry.field(description="The country, as two letters of ISO 3166-1.")


@strawberry.type(description="The id that a record has in another system.")
class ExternalId:
    """See the description."""

    system: str = strawberry.field(description="The other system's name.")
    value: str = strawberry.field(description="The id there; unique per tenant, kind of record and system.")
