"""What decisions say about the matching, counted by hand."""

from itertools import count, pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.labels import Label, LabelDecision
from domain.matches import Band
from domain.records import RecordKind
from services.matching.evaluation import Automatic, KindEvaluation, Ranks, evaluate
from tests.support.factories import NOW

D = LabelDecision
_ids = count(1)


def label(
    lead: int,
    decision: LabelDecision,
    score: float | None,
    rank: int | None = None,
    *,
    is_match: bool = False,
    band: Band = Band.SIMILAR,
    kind: RecordKind = RecordKind.CONTACT,
) -> Label:
    """A label with the values that count."""
    id_ = next(_ids)
    return Label(
        tenant_id=1,
        id=id_,
        lead_id=lead,
        record_kind=kind,
        record_id=id_ + 1_000,
        record_version=1,
        decision=decision,
        is_match=is_match,
        rank=rank,
        score=score,
        band=None if score is None else band,
        evidence=(),
        snapshot=0,
        normaliser=1,
        settings=0,
        user_id=1,
        decided_at=NOW,
    )


LABELS = [
    # Lead 1: the rules' 100 % match stood, beside a weak candidate.
    label(1, D.KEPT, 30.0, 1, is_match=True, band=Band.EXACT),
    label(1, D.KEPT, 1.0, 2),
    # Lead 2: the second of three was chosen.
    label(2, D.CHOSEN, 12.0, 1),
    label(2, D.CHOSEN, 10.5, 2, is_match=True),
    label(2, D.CHOSEN, 0.5, 3),
    # Lead 3: a new one was created although two were shown.
    label(3, D.CREATED, 2.0, 1),
    label(3, D.CREATED, 1.5, 2),
    # Lead 4: a record that was not shown was chosen, instead of creating one.
    label(4, D.OVERRULED, None, is_match=True),
    # Lead 5: a 100 % match was overruled by the fourth of the list.
    label(5, D.OVERRULED, 20.0, 1, band=Band.EXACT),
    label(5, D.OVERRULED, 14.0, 4, is_match=True),
    # Lead 6: the first of a list was dismissed, and nothing is decided yet.
    label(6, D.DISMISSED, 13.0, 1),
    # Of the other kind.
    label(1, D.CHOSEN, 9.0, 1, is_match=True, kind=RecordKind.ACCOUNT),
]


def evaluated(cost: float = 20.0) -> KindEvaluation:
    """The contacts' evaluation, with a threshold of -3 bits."""
    return evaluate(RecordKind.CONTACT, LABELS, -3.0, cost)


def test_steps_are_counted_by_their_decision() -> None:
    """Each step once; of dismissals the pairs."""
    assert evaluated().decisions == {
        D.KEPT: 1,
        D.CONFIRMED: 0,
        D.OVERRULED: 2,
        D.CHOSEN: 1,
        D.CREATED: 1,
        D.DISMISSED: 1,
    }


def test_ranks_of_the_chosen_are_counted() -> None:
    """At 1, at 2 or 3, further down, and not on the list at all."""
    assert evaluated().ranks == Ranks(first=1, second_or_third=1, later=1, searched=1)
    assert evaluated().ranks.chosen == 4


def test_automatic_choices_are_kept_or_overruled() -> None:
    """Of a record, or of creating one."""
    assert evaluated().automatic == Automatic(kept=1, confirmed=0, overruled=1, overruled_new=1)


def test_an_overruled_choice_without_reasonable_doubt_is_one_of_a_record() -> None:
    """The rules chose it as they choose a 100 % match."""
    labels = [label(1, D.OVERRULED, 25.0, 1, band=Band.CONFIDENT), label(1, D.OVERRULED, 9.0, 2, is_match=True)]
    told = evaluate(RecordKind.CONTACT, labels, -3.0).automatic
    assert told == Automatic(kept=0, confirmed=0, overruled=1, overruled_new=0)


def test_todays_threshold_shows_everything() -> None:
    """Three of four chosen records were shown, among seven that were not chosen."""
    now = evaluated().current
    assert (now.threshold, now.found, now.missed, now.needless, now.vain_lists) == (-3.0, 3, 1, 7, 1)
    assert (now.first_right, now.first_wrong) == (1, 4)
    assert (now.precision, now.recall) == (0.3, 0.75)


def test_the_best_threshold_loses_no_chosen_record_without_need() -> None:
    """At 3 bits the list of lead 3 is spared, and nothing that was chosen is lost."""
    best = evaluated().best
    assert (best.threshold, best.found, best.missed, best.needless, best.vain_lists) == (3.0, 3, 1, 3, 0)


def test_cheap_duplicates_raise_the_threshold() -> None:
    """Who does not mind duplicates sees fewer candidates; 100 % matches are shown in any case."""
    best = evaluated(cost=0.0).best
    assert (best.threshold, best.found, best.needless) == (14.0, 2, 1)
    assert evaluated(cost=0.0).thresholds[-1].found == 1


def test_from_some_score_on_the_first_was_always_right() -> None:
    """The overruled match had 20 bits, the kept one 30."""
    assert evaluated().always_right_from == 30.0


def test_nothing_decided_is_nothing_found_wrong() -> None:
    """Without labels there is today's threshold alone, and nobody was disappointed."""
    nothing = evaluate(RecordKind.CONTACT, [], -3.0)
    assert (nothing.best, nothing.current.precision, nothing.current.recall) == (nothing.current, 1.0, 1.0)
    assert nothing.always_right_from is None


decisions = st.sampled_from([D.KEPT, D.CHOSEN, D.CREATED, D.OVERRULED, D.DISMISSED])
scores = st.one_of(st.none(), st.floats(-3, 60).map(lambda each: round(each, 2)))


@given(st.lists(st.tuples(st.integers(1, 5), decisions, scores, st.booleans()), max_size=30))
def test_a_higher_threshold_never_shows_more(drawn: list[tuple[int, LabelDecision, float | None, bool]]) -> None:
    """Found and needless fall with the threshold, and the chosen ones are found or missed at each."""
    labels = [label(lead, each, score, is_match=is_match) for lead, each, score, is_match in drawn]
    rows = evaluate(RecordKind.CONTACT, labels, -3.0).thresholds
    for lower, higher in pairwise(rows):
        assert lower.threshold < higher.threshold
        assert lower.found >= higher.found
        assert lower.found + lower.missed == higher.found + higher.missed
        assert lower.needless >= higher.needless
