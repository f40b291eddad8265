"""What is said of series of times."""

import pytest

from bench.speed.times import Series, figures_of, percentile


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, 1.0), (0.01, 1.0), (0.5, 50.0), (0.95, 95.0), (0.951, 96.0), (0.99, 99.0), (1.0, 100.0)],
)
def test_percentiles_are_values_by_nearest_rank(share: float, expected: float) -> None:
    """Of 1 to 100, in any order, each percentile is its own number."""
    values = [float(each) for each in range(100, 0, -1)]

    assert percentile(values, share) == expected


def test_a_single_value_is_every_percentile() -> None:
    """A series of one has nothing else to say."""
    assert {percentile([7.0], share) for share in (0.0, 0.5, 1.0)} == {7.0}


def test_no_values_have_no_percentile() -> None:
    """Rather than a number that was never measured."""
    with pytest.raises(IndexError):
        percentile([], 0.5)


def test_figures_are_milliseconds_for_each_of_a_batch() -> None:
    """Seconds of batches of four become milliseconds of one."""
    figures = figures_of(Series(wall=[0.4, 0.8], cpu=[0.2, 0.4]), each=4)

    assert (figures.count, figures.p50, figures.p95) == (2, 100.0, 200.0)
    assert figures.cpu == pytest.approx(75.0)


def test_a_series_takes_both_clocks_each_time() -> None:
    """Every block adds one time by the clock and one of CPU."""
    series = Series()

    for _ in range(3):
        with series.once():
            sum(range(1_000))

    assert (len(series.wall), len(series.cpu)) == (3, 3)
    assert min(series.wall) > 0
