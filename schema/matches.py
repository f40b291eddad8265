"""Candidates for a lead: what is known about the pair stands on the edge, and the record stays clean."""

import strawberry

import resolvers.matches
from domain import matches
from schema.diffs import AccountFieldDiff, ContactFieldDiff
from schema.fields import resolve
from schema.refs import AccountRef, ContactRef

PRIOR = (
    "What the score starts from, in bits: how unlikely it is that any one record is the lead's, before anything is "
    "compared. It falls as the base grows."
)


@strawberry.type(description="One piece of evidence for or against the lead and the record being the same.")
class Evidence:
    """See the description."""

    kind: matches.EvidenceKind = strawberry.field(description="The kind of evidence.")
    code: matches.EvidenceCode = strawberry.field(description="What it says, for programs.")
    message: str = resolve(
        resolvers.matches.evidence_message,
        "What it says, for people: in the language of the request, or else the user's.",
    )
    bits: float = strawberry.field(
        description="How much it says: a log2 likelihood ratio, negative if it speaks against (Fellegi & Sunter 1969)."
    )
    similarity: float | None = strawberry.field(
        description="How alike the two values are, from 0 to 1, where measured."
    )
    lead_value: str | None = strawberry.field(description="The lead's value, to be shown.")
    existing_value: str | None = strawberry.field(description="The existing record's value, to be shown.")


@strawberry.type(description="A lead and an account it may belong to.")
class AccountMatchEdge:
    """See the description."""

    rank: int = resolve(resolvers.matches.rank, "The place among the candidates, from 1.")
    score: float = resolve(resolvers.matches.score, "The prior and the bits of all evidence, summed.")
    prior: float = resolve(resolvers.matches.prior, PRIOR)
    band: matches.Band = resolve(resolvers.matches.band, "How sure the match is.")
    evidence: list[Evidence] = resolve(resolvers.matches.evidence, "Every piece of evidence that the score is made of.")
    diffs: list[AccountFieldDiff] | None = resolve(
        resolvers.matches.account_edge_diffs,
        "The lead's company held against the account, field by field; null if the account is gone.",
    )
    node: AccountRef | None = resolve(resolvers.matches.account, "The candidate; null if it is gone.")


@strawberry.type(description="A lead and a contact it may belong to.")
class ContactMatchEdge:
    """See the description."""

    rank: int = resolve(resolvers.matches.rank, "The place among the candidates, from 1.")
    score: float = resolve(resolvers.matches.score, "The prior and the bits of all evidence, summed.")
    prior: float = resolve(resolvers.matches.prior, PRIOR)
    band: matches.Band = resolve(resolvers.matches.band, "How sure the match is.")
    evidence: list[Evidence] = resolve(resolvers.matches.evidence, "Every piece of evidence that the score is made of.")
    diffs: list[ContactFieldDiff] | None = resolve(
        resolvers.matches.contact_edge_diffs,
        "The lead's person held against the contact, field by field; null if the contact is gone.",
    )
    node: ContactRef | None = resolve(resolvers.matches.contact, "The candidate; null if it is gone.")


@strawberry.type(description="The accounts that a lead may belong to, best first.")
class AccountMatches:
    """See the description."""

    verdict: matches.Verdict = resolve(
        resolvers.matches.verdict, "What was found, as a whole; it decides whether an account is chosen automatically."
    )
    total_count: int = resolve(resolvers.matches.total_count, "How many candidates there are: ten at most.")
    edges: list[AccountMatchEdge] = resolve(resolvers.matches.edges, "The best candidates, as many as were asked for.")


@strawberry.type(description="The contacts that a lead may belong to, best first.")
class ContactMatches:
    """See the description."""

    verdict: matches.Verdict = resolve(
        resolvers.matches.verdict, "What was found, as a whole; it decides whether a contact is chosen automatically."
    )
    total_count: int = resolve(resolvers.matches.total_count, "How many candidates there are: ten at most.")
    edges: list[ContactMatchEdge] = resolve(resolvers.matches.edges, "The best candidates, as many as were asked for.")
