"""The queries that went wrong, told so that somebody can see why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bench.fields import account_fields, contact_fields, lead_account_fields, lead_contact_fields
from bench.quality.metrics import Answer
from bench.quality.model import TENANT_ID, Query, View
from db import records
from domain.matches import Verdict
from domain.records import Account, Contact
from services.backend import Backend


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A query that went wrong: what the lead says, what was found first, and what it truly is (one of that)."""

    view: View
    kind: str
    lead: str
    found: str | None
    mate: str | None
    score: float


_KINDS: Mapping[str, Callable[[Answer], bool]] = {
    "chosen automatically, wrong": lambda each: each.verdict is Verdict.EXACT and not each.is_right,
    "confident, wrong": lambda each: each.is_confident and not each.is_right,
    "not found": lambda each: bool(each.mates) and not each.is_found(),
    "found, but not first": lambda each: each.is_found() and not each.is_right,
    "unknown, but found": lambda each: not each.mates and bool(each.found),
}
_ALWAYS_TOLD = frozenset({"chosen automatically, wrong", "confident, wrong"})


async def tell_mistakes(
    backend: Backend, queries: Sequence[Query], answers: Mapping[View, Sequence[Answer]], most: int
) -> list[Mistake]:
    """Every wrong automatic choice, and every one that CONFIDENT would make; of other mistakes ``most`` in each view.

    Those with the highest scores come first.
    """
    mistakes = []
    for view, of_view in answers.items():
        asked = zip((each for each in queries if view in each.truth), of_view, strict=True)
        for kind, query, answer in _pick(list(asked), most):
            found = await describe_record(backend, view, answer.found[0] if answer.found else None)
            mate = await describe_record(backend, view, min(answer.mates, default=None))
            lead = describe_lead(query, view)
            score = answer.score
            mistakes.append(Mistake(view=view, kind=kind, lead=lead, found=found, mate=mate, score=score))
    return mistakes


def _pick(asked: Sequence[tuple[Query, Answer]], most: int) -> Iterator[tuple[str, Query, Answer]]:
    told: set[int] = set()
    ordered = sorted(asked, key=lambda each: -each[1].score)
    for kind, is_it in _KINDS.items():
        fitting = ((kind, *each) for each in ordered if is_it(each[1]) and id(each[0]) not in told)
        for each in islice(fitting, None if kind in _ALWAYS_TOLD else most):
            told.add(id(each[1]))
            yield each


def describe_lead(query: Query, view: View) -> str:
    """What the lead of a query says, in one line, with the query's lines."""
    if query.lead is None:
        return "(refused by the import)"
    fields = lead_account_fields(query.lead) if view is View.ACCOUNTS else lead_contact_fields(query.lead)
    return _join(fields.values(), query.lines)


async def describe_record(backend: Backend, view: View, id_: int | None) -> str | None:
    """What is known of a record, in one line; None if there is none."""
    if id_ is None:
        return None
    async with backend.database.read() as session:
        if view is View.ACCOUNTS:
            account = await records.get(session, Account, TENANT_ID, id_)
            return None if account is None else _join(account_fields(account).values())
        contact = await records.get(session, Contact, TENANT_ID, id_)
        if contact is None:
            return None
        of_contact = await records.get(session, Account, TENANT_ID, contact.account_id)
    return _join(contact_fields(contact, of_contact.name if of_contact else None).values())


def _join(texts: Iterable[str], lines: Sequence[str] = ()) -> str:
    return " · ".join(texts) + (f"  [{', '.join(lines)}]" if lines else "")
