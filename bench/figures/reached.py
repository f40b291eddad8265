"""What a run reached, for each kind of goal: which figure of the summary shows it, beside the best of the peers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.figures.summary import CRM, LEADGATE, NAMES, VIEWS, Finding, Summary

MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A figure: over how many cases, on how many accounts (0: no matter), and the best that a peer reached.

    ``beside`` is the product's on the cases that the peers had, where those were fewer.
    """

    value: float
    cases: int = 0
    accounts: int = 0
    peer: str = ""
    peer_value: float | None = None
    beside: float | None = None
    beside_cases: int = 0


def find_share(
    set_: str, view: str, value: str, summary: Summary, *, line: str = "", accounts: int = 0
) -> Reached | None:
    """A value of the product's, beside the best of the peers on the same queries."""
    found = summary.finding(set_=set_, view=view, line=line, accounts=accounts)
    if found is None or (own := found.values.get(value)) is None:
        return None
    reached = Reached(value=own, cases=found.queries, accounts=found.accounts if set_ == CRM else 0)
    return _with_best(reached, summary.beside(found), value)


def _with_best(reached: Reached, beside: Sequence[Finding], value: str) -> Reached:
    told = [(other, each) for each in beside if (other := each.values.get(value)) is not None]
    ours = next(((own, each.queries) for own, each in told if each.method == LEADGATE), None)
    peers = [(other, each.method) for other, each in told if not each.method.startswith(LEADGATE)]
    if ours is None or not peers:
        return reached
    best, name = max(peers, key=lambda each: each[0])
    return replace(reached, peer=name, peer_value=best, beside=ours[0], beside_cases=ours[1])


def find_name_pairs(view: str, value: str, summary: Summary) -> Reached | None:
    """F1 over the pairs of names that may not be looked at, at the threshold that suited the others."""
    beside = [each for each in summary.findings if (each.set, each.view) == (NAMES, view)]
    ours = next((each for each in beside if each.method == LEADGATE), None)
    if ours is None or (own := ours.values.get(value)) is None:
        return None
    reached = Reached(value=own, cases=ours.queries)
    return _with_best(reached, beside, value) if value != "microseconds" else reached


def _crm(summary: Summary, line: str = "") -> dict[str, Finding]:
    """The findings of the CRM of a million accounts, or the nearest there is, by view."""
    found = {view: summary.finding(set_=CRM, view=view, line=line, accounts=MILLION) for view in VIEWS}
    return {view: each for view, each in found.items() if each is not None}


def count_wrong_choices(kind: str, summary: Summary) -> Reached | None:
    """How many automatic choices were wrong, of accounts and of contacts."""
    found = list(_crm(summary).values())
    wrong = sum(each.values.get(f"{kind}Wrong") or 0 for each in found)
    cases = wrong + sum(each.values.get(f"{kind}Right") or 0 for each in found)
    return Reached(value=wrong, cases=round(cases), accounts=found[0].accounts) if found else None


def find_coverage(kind: str, summary: Summary) -> Reached | None:
    """The share of the true matches that were chosen automatically, of accounts and of contacts."""
    found = list(_crm(summary).values())
    mates = sum(each.mates for each in found)
    right = sum(each.values.get(f"{kind}Right") or 0 for each in found)
    return Reached(value=right / mates, cases=mates, accounts=found[0].accounts) if mates else None


def count_near_misses(kind: str, summary: Summary) -> Reached | None:
    """For how many near misses something was chosen automatically that is not the truth."""
    found = _crm(summary, "all near misses")
    wrong = sum(each.values.get(f"{kind}Wrong") or 0 for each in found.values())
    # Business leads are asked in two views, private persons' in one.
    cases = sum(each.queries for view, each in found.items() if view != "staff")
    return Reached(value=wrong, cases=cases, accounts=next(iter(found.values())).accounts) if found else None


def count_wrong_private_choices(summary: Summary) -> Reached | None:
    """For how many private persons a wrong contact was chosen automatically."""
    found = _crm(summary).get("contacts")
    if found is None or (wrong := found.values.get("exactWrong")) is None:
        return None
    return Reached(value=wrong, cases=found.queries, accounts=found.accounts)


def find_kept_new(summary: Summary) -> Reached | None:
    """The share of unknown private persons for whom no record was chosen."""
    found = _crm(summary, "situation unknown_private").get("contacts")
    if found is None or not found.queries:
        return None
    wrong = found.values.get("exactWrong") or 0
    return Reached(value=1 - wrong / found.queries, cases=found.queries, accounts=found.accounts)


def find_time(engine: str, value: str, peer_value: str, summary: Summary) -> Reached | None:
    """A value of an engine on a million accounts, or the nearest there is, beside pg_trgm's on the same."""
    found = summary.timing(engine, MILLION)
    if found is None or (own := found.values.get(value)) is None:
        return None
    peer = found.values.get(peer_value)
    return Reached(value=own, accounts=found.accounts, peer="pg_trgm" if peer else "", peer_value=peer)


def find_growth(engine: str, summary: Summary) -> Reached | None:
    """The median of one lead on the largest base, as a multiple of that on a million accounts."""
    at_million, largest = summary.timing(engine, MILLION), summary.timing(engine, 1_000 * MILLION)
    if at_million is None or largest is None or largest.accounts <= at_million.accounts:
        return None
    one, other = at_million.values.get("p50Of1"), largest.values.get("p50Of1")
    return Reached(value=other / one, accounts=largest.accounts) if one and other else None
