"""Sets in which every query has a mate lose some of them."""

from datetime import UTC, datetime

from bench.quality.model import LabelledSet, Query, View, without_some_mates
from domain.records import Contact, Lead

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)


def labelled(mates: list[int | None]) -> LabelledSet:
    """Ten contacts, and a query for each of these mates."""
    contacts = [Contact(tenant_id=1, id=number, account_id=0, last_name=f"N{number}") for number in range(10)]
    lead = Lead(tenant_id=1, id=1, type_id=1, received_at=RECEIVED)
    queries = [Query(lead=lead, truth={View.CONTACTS: mate}) for mate in mates]
    return LabelledSet(name="tiny", country="DE", fingerprint="tiny", contacts=lambda: contacts, queries=queries)


def test_a_fifth_of_the_queries_lose_their_mates() -> None:
    """Two of ten mates are gone, from the records and from the truth; the other queries keep theirs."""
    whole = labelled(list(range(10)))

    rest = without_some_mates(whole)

    kept = {each.id for each in rest.contacts()}
    assert len(kept) == 8
    assert [each.truth[View.CONTACTS] for each in rest.queries] == [
        mate if mate in kept else None for mate in range(10)
    ]
    assert rest.fingerprint != whole.fingerprint


def test_the_same_mates_are_removed_every_time() -> None:
    """The draw has a fixed seed, so a kept database fits the next run."""
    one, other = (without_some_mates(labelled(list(range(10)))) for _ in range(2))

    assert one.fingerprint == other.fingerprint


def test_a_mate_that_is_removed_is_removed_for_all_its_queries() -> None:
    """Two duplicates of one original lose it together."""
    rest = without_some_mates(labelled([1, 1, 2, 2, 3, 3]))

    truths = [each.truth[View.CONTACTS] for each in rest.queries]
    assert truths.count(None) == 2
    assert truths[::2] == truths[1::2]


def test_sets_with_unmated_queries_are_told_from_others() -> None:
    """One query without a mate is enough for "none" to be a possible truth."""
    assert labelled([1, None]).has_unmated
    assert not labelled([1, 2]).has_unmated
