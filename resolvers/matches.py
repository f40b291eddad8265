"""Candidates for a lead, with the facts of each pair on the edge."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import strawberry

from domain import texts
from domain.fields import FieldDiff, FieldValue
from domain.matches import Candidate, Evidence, Matches
from domain.records import Account, Contact, Lead
from resolvers.context import Info, then
from resolvers.errors import ErrorCode, RequestError
from services import lookups
from services.matching.diff import account_diffs, contact_diffs

MAX_MATCHES = 10
FirstMatches = Annotated[
    int,
    strawberry.argument(description=f"How many candidates to show, best first: 1 to {MAX_MATCHES}."),
]


@dataclass(frozen=True, slots=True)
class MatchList:
    """What was found for a lead among one kind of record, and how much of it is shown."""

    lead: Lead
    matches: Matches
    first: int = MAX_MATCHES


@dataclass(frozen=True, slots=True)
class MatchEdge:
    """A lead and one candidate."""

    lead: Lead
    candidate: Candidate


def account_matches(
    root: strawberry.Parent[Lead], info: Info, first: FirstMatches = MAX_MATCHES
) -> Awaitable[MatchList]:
    """The accounts the lead may belong to."""
    _check(first)
    return then(info.context.load_matches(root), lambda found: MatchList(root, found.accounts, first))


def contact_matches(
    root: strawberry.Parent[Lead], info: Info, first: FirstMatches = MAX_MATCHES
) -> Awaitable[MatchList]:
    """The contacts the lead may belong to."""
    _check(first)
    return then(info.context.load_matches(root), lambda found: MatchList(root, found.contacts, first))


def _check(first: int) -> None:
    if not 1 <= first <= MAX_MATCHES:
        raise RequestError(ErrorCode.BAD_PAGE_SIZE, f"'first' is {first}; it has to be between 1 and {MAX_MATCHES}.")


def verdict(root: strawberry.Parent[MatchList]) -> object:
    """What was found as a whole."""
    return root.matches.verdict


def total_count(root: strawberry.Parent[MatchList]) -> int:
    """How many candidates there are."""
    return len(root.matches.candidates)


def edges(root: strawberry.Parent[MatchList]) -> list[MatchEdge]:
    """The candidates, best first."""
    return [MatchEdge(root.lead, each) for each in root.matches.candidates[: root.first]]


def rank(root: strawberry.Parent[MatchEdge]) -> int:
    """The candidate's place."""
    return root.candidate.rank


def score(root: strawberry.Parent[MatchEdge]) -> float:
    """The sum of the prior and the evidence, in bits."""
    return root.candidate.score


def prior(root: strawberry.Parent[MatchEdge]) -> float:
    """What the score starts from, in bits."""
    return root.candidate.prior


def band(root: strawberry.Parent[MatchEdge]) -> object:
    """How sure the match is."""
    return root.candidate.band


def evidence(root: strawberry.Parent[MatchEdge]) -> tuple[Evidence, ...]:
    """Every piece of evidence."""
    return root.candidate.evidence


def evidence_message(root: strawberry.Parent[Evidence], info: Info) -> str:
    """What a user reads about a piece of evidence."""
    return texts.evidence_text(root, info.context.language)


def account(root: strawberry.Parent[MatchEdge], info: Info) -> Awaitable[Account | None]:
    """The candidate, an account."""
    return info.context.load(lookups.accounts_by_id, root.candidate.record_id)


def contact(root: strawberry.Parent[MatchEdge], info: Info) -> Awaitable[Contact | None]:
    """The candidate, a contact."""
    return info.context.load(lookups.contacts_by_id, root.candidate.record_id)


def account_edge_diffs(root: strawberry.Parent[MatchEdge], info: Info) -> Awaitable[tuple[FieldDiff, ...] | None]:
    """The lead's company held against the account, field by field."""
    country = info.context.tenant.default_country
    return then(account(root, info), lambda found: None if found is None else account_diffs(root.lead, found, country))


def contact_edge_diffs(root: strawberry.Parent[MatchEdge], info: Info) -> Awaitable[tuple[FieldDiff, ...] | None]:
    """The lead's person held against the contact, field by field, without what the contact's account has."""
    country = info.context.tenant.default_country
    loading = contact(root, info), info.context.load(lookups.accounts_by_id, root.candidate.account_id or 0)

    def differ(found: tuple[Contact | None, Account | None]) -> tuple[FieldDiff, ...] | None:
        person, company = found
        return None if person is None else contact_diffs(root.lead, person, country, company)

    return then(asyncio.gather(*loading), differ)


def lead_value(root: strawberry.Parent[FieldDiff]) -> FieldValue | None:
    """The lead's value; None for an empty list."""
    return root.lead_value or None


def existing_value(root: strawberry.Parent[FieldDiff]) -> FieldValue | None:
    """The existing record's value; None for an empty list."""
    return root.existing_value or None
