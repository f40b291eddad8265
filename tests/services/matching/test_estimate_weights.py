"""From compared pairs to weights: what is estimated, what is left, and what is never exceeded."""

from collections import Counter

import pytest

from services.matching.estimate_levels import ACCOUNT_DETAILS, CONTACT_DETAILS, MISSING, Pattern
from services.matching.estimate_mixture import Stratum
from services.matching.estimate_weights import Compared, Estimate, learn
from services.matching.weights import BOUNDS, WEIGHT_NAMES
from services.matching.weights_file import SHIPPED, format_weights, parse_weights


def pattern(**levels: str) -> Pattern:
    """A pair of contacts with these levels, and nothing else on both sides."""
    return tuple(each.levels.index(levels[each.name]) if each.name in levels else MISSING for each in CONTACT_DETAILS)


SAME = {"name": "(equal)", "email": "email.agree"}
OTHER = {"name": "(different)", "email": "email.disagree"}
NOBODY = frozenset[int]()


def learned(true: Counter[Pattern], strange: Counter[Pattern]) -> dict[str, Estimate]:
    """What contacts say that were found in one way, and random ones."""
    stratum = Stratum(name="all", patterns=true, used=NOBODY)
    found = learn(SHIPPED, [Compared(details=CONTACT_DETAILS, strangers=strange, strata=[stratum])])
    return {each.name: each for each in found.estimates}


def usual(times: int = 1) -> tuple[Counter[Pattern], Counter[Pattern]]:
    """True pairs of which a tenth have moved to another town; a hundredth of the strangers live in one."""
    true = Counter(
        {
            pattern(**SAME, address="(same place)", city="city.agree"): 900 * times,
            pattern(**SAME, address="(different)", city="city.disagree"): 100 * times,
        }
    )
    strange = Counter(
        {
            pattern(**OTHER, address="(same place)", city="city.agree"): 100 * times,
            pattern(**OTHER, address="(different)", city="city.disagree"): 9_900 * times,
        }
    )
    return true, strange


def test_bits_are_log2_of_m_by_u() -> None:
    """Nine in ten against one in a hundred are 6.5 bits, one in ten against 99 in a hundred are -3.3."""
    found = learned(*usual())

    agree, disagree = found["city.agree"], found["city.disagree"]
    assert (agree.bits, disagree.bits) == (6.5, -3.3)
    assert (agree.m, agree.u, agree.pairs) == pytest.approx((0.9, 0.01, 1_000), rel=0.03)
    assert agree.why_kept == ""


def test_few_pairs_change_nothing() -> None:
    """A weight of which few pairs speak stays, and says why."""
    none = learned(Counter(), Counter())
    true, strange = usual()
    few = learned(Counter({each: times // 20 for each, times in true.items()}), strange)
    few_strangers = learned(true, Counter({each: times // 20 for each, times in strange.items()}))

    for found in (none, few, few_strangers):
        assert {name: each.bits for name, each in found.items()} == {
            name: line.bits for name, line in SHIPPED.lines.items()
        }
        assert all(each.why_kept for each in found.values())
    assert few["city.agree"].why_kept == "fewer than 100 true pairs have it on both sides"
    assert few_strangers["city.agree"].why_kept == "fewer than 1,000 random pairs have it on both sides"


def test_equal_identifiers_are_left() -> None:
    """Strangers share them the less often, the more records there are: no figure of one base is any for another."""
    found = learned(*usual())

    assert found["email.agree"].bits == found["email.agree"].before
    assert found["email.agree"].why_kept == "u depends on how many records there are"
    assert found["email.disagree"].why_kept == ""
    assert found["email_same_mailbox"].why_kept == "came up fewer than 5 times"
    assert found["name_most"].why_kept == "not a share of pairs; set by hand"


def test_estimates_stay_in_their_bounds_and_in_order() -> None:
    """However clear the pairs are, and although agreement is rarer among true pairs than among strangers."""
    true, strange = usual(100)
    upside_down = Counter(
        {
            pattern(**SAME, address="(different)", city="city.disagree"): 1_000,
            pattern(**OTHER, address="(same place)", city="city.agree"): 1_000,
        }
    )
    for found in (learned(true, strange), learned(upside_down, strange), learned(strange, true)):
        for name, each in found.items():
            assert BOUNDS[name][0] <= each.bits <= BOUNDS[name][1]
        for levels in [each.levels for each in ACCOUNT_DETAILS] + [each.levels for each in CONTACT_DETAILS]:
            bits = [found[level].bits for level in levels if level in found]
            assert bits == sorted(bits, reverse=True)


def test_both_kinds_of_record_are_counted_together() -> None:
    """A weight that accounts and contacts share is estimated from the pairs of both."""
    true, strange = usual()
    of_contacts: Compared = Compared(
        details=CONTACT_DETAILS, strangers=strange, strata=[Stratum(name="all", patterns=true, used=NOBODY)]
    )
    nothing: Compared = Compared(details=ACCOUNT_DETAILS, strangers={}, strata=[])

    found = learn(SHIPPED, [of_contacts, nothing, of_contacts])

    pairs = {each.name: each.pairs for each in found.estimates}
    assert pairs["city.agree"] == pytest.approx(2_000, rel=0.03)
    assert [name for name, *_ in found.blocks] == ["all", "all"]


def test_what_was_learned_becomes_the_next_version_of_the_file() -> None:
    """Estimated lines say what they come from, the others stay word for word."""
    true, strange = usual()
    stratum = Stratum(name="all", patterns=true, used=NOBODY)
    found = learn(SHIPPED, [Compared(details=CONTACT_DETAILS, strangers=strange, strata=[stratum])])

    file = found.as_file(SHIPPED, "two figures")

    assert parse_weights(format_weights(file)) == file
    assert (file.version, file.origin) == (SHIPPED.version + 1, "two figures")
    line = file.lines["city.agree"]
    estimate = next(each for each in found.estimates if each.name == "city.agree")
    assert (line.bits, line.hand) == (6.5, SHIPPED.lines["city.agree"].bits)
    assert (line.m, line.u, line.pairs) == (estimate.m, estimate.u, estimate.pairs)
    kept = [name for name in WEIGHT_NAMES if not file.lines[name].is_estimated]
    assert all(file.lines[name] == SHIPPED.lines[name] for name in kept)
