"""Filters of lists."""

import strawberry

from domain import records
from domain.filters import CaseFilter, ContactFilter, LeadFilter
from resolvers.arguments import id_argument
from schema.inputs.given import Optional, optional, value


@strawberry.input(name="LeadFilter", description="Which leads to list; every part that is given must hold.")
class LeadFilterInput:
    """See the description."""

    statuses: Optional[list[records.LeadStatus]] = optional(
        "Leads with one of these statuses; without it, all but the expired ones."
    )
    type_ids: Optional[list[strawberry.ID]] = optional("Leads of one of these types.")
    assignee_id: Optional[strawberry.ID] = optional(
        "Leads that are suggested to this user or, once accepted, in this user's hands."
    )
    search: Optional[str] = optional("Words to find; each has to be the beginning of a word of the lead.")

    def conditions(self) -> LeadFilter:
        """The filter but for the search. Raises ``RequestError`` for a bad id."""
        type_ids = value(self.type_ids) or []
        assignee_id = value(self.assignee_id)
        return LeadFilter(
            statuses=frozenset(value(self.statuses) or ()),
            type_ids=tuple(id_argument(records.LeadType, "typeIds", each) for each in type_ids),
            assignee_id=None if assignee_id is None else id_argument(records.User, "assigneeId", assignee_id),
        )


@strawberry.input(name="ContactFilter", description="Which contacts to list; every part that is given must hold.")
class ContactFilterInput:
    """See the description."""

    account_id: Optional[strawberry.ID] = optional("Contacts of this account.")
    search: Optional[str] = optional("Words to find; each has to be the beginning of a word of the contact.")

    def conditions(self) -> ContactFilter:
        """The filter but for the search. Raises ``RequestError`` for a bad id."""
        account_id = value(self.account_id)
        return ContactFilter(
            account_id=None if account_id is None else id_argument(records.Account, "accountId", account_id)
        )


@strawberry.input(name="CaseFilter", description="Which cases to list; every part that is given must hold.")
class CaseFilterInput:
    """See the description."""

    statuses: Optional[list[records.CaseStatus]] = optional("Cases with one of these statuses.")
    account_id: Optional[strawberry.ID] = optional("Cases of this account.")
    contact_id: Optional[strawberry.ID] = optional("Cases of this contact.")
    assignee_id: Optional[strawberry.ID] = optional("Cases that this user works on.")

    def conditions(self) -> CaseFilter:
        """The filter. Raises ``RequestError`` for a bad id."""
        account_id, contact_id, assignee_id = map(value, (self.account_id, self.contact_id, self.assignee_id))
        return CaseFilter(
            statuses=frozenset(value(self.statuses) or ()),
            account_id=None if account_id is None else id_argument(records.Account, "accountId", account_id),
            contact_id=None if contact_id is None else id_argument(records.Contact, "contactId", contact_id),
            assignee_id=None if assignee_id is None else id_argument(records.User, "assigneeId", assignee_id),
        )
