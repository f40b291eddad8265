"""Sets in which every query has a mate lose some of them."""

from datetime import UTC, datetime

from bench.quality.model import LabelledSet, Query, View, without_some_mates
from domain.records import Contact, Lead

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)


def labelled(*mates: set[int]) -> LabelledSet:
    """Ten contacts, and a query for each of these sets of mates."""
    contacts = [Contact(tenant_id=1, id=number, account_id=0, last_name=f"N{number}") for number in range(10)]
    lead = Lead(tenant_id=1, id=1, type_id=1, received_at=RECEIVED)
    queries = [Query(lead=lead, truth={View.CONTACTS: frozenset(each)}) for each in mates]
    return LabelledSet(name="tiny", country="DE", fingerprint="tiny", contacts=lambda: contacts, queries=queries)


def of_ten() -> LabelledSet:
    """Ten contacts with a query for each."""
    return labelled(*({number} for number in range(10)))


def truths(of_set: LabelledSet) -> list[frozenset[int]]:
    """The mates of every query."""
    return [each.truth[View.CONTACTS] for each in of_set.queries]


def test_a_fifth_of_the_queries_lose_their_mates() -> None:
    """Two of ten mates are gone, from the records and from the truth; the other queries keep theirs."""
    whole = of_ten()

    rest = without_some_mates(whole)

    kept = {each.id for each in rest.contacts()}
    assert len(kept) == 8
    assert truths(rest) == [frozenset({number} & kept) for number in range(10)]
    assert rest.fingerprint != whole.fingerprint


def test_the_same_mates_are_removed_every_time() -> None:
    """The draw has a fixed seed, so a kept database fits the next run."""
    one, other = (without_some_mates(of_ten()) for _ in range(2))

    assert one.fingerprint == other.fingerprint


def test_a_mate_that_is_removed_is_removed_for_all_its_queries() -> None:
    """Two duplicates of one original lose it together."""
    rest = truths(without_some_mates(labelled({1}, {1}, {2}, {2}, {3}, {3})))

    assert rest.count(frozenset()) == 2
    assert rest[::2] == rest[1::2]


def test_a_query_loses_all_its_mates_or_none() -> None:
    """A query with two mates would otherwise still have one."""
    rest = truths(without_some_mates(labelled({1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 0})))

    assert sorted(map(len, rest)) == [0, 2, 2, 2, 2]


def test_sets_with_unmated_queries_are_told_from_others() -> None:
    """One query without a mate is enough for "none" to be a possible truth."""
    assert labelled({1}, set()).has_unmated
    assert not labelled({1}, {2, 3}).has_unmated
