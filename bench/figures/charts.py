"""Panels of lines over two axes, side by side under one legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from bench.figures import svg

_WIDTH, _HEIGHT = 285.0, 215.0
"""Of a panel's field, in pixels; around it are titles and ticks."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 58.0, 26.0, 28.0, 46.0
_LEGEND_ROW = 20.0
_CHARACTER = 6.6
"""About the width of a character, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What is shown of one direction, from ``low`` to ``high``, with texts at some values."""

    label: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    is_log: bool = False

    def share(self, value: float) -> float:
        """Where a value lies: 0 is low, 1 is high."""
        if self.is_log:
            return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A named line. Series of one name have one colour in all panels of a picture."""

    name: str
    points: Sequence[svg.Point]
    has_dots: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Lines over two axes."""

    title: str
    x: Axis
    y: Axis
    series: Sequence[Series]


def draw_panels(title: str, panels: Sequence[Panel], columns: int = 3) -> str:
    """All panels, in rows of so many, under a legend. The first series of the first panel is drawn boldly."""
    names = list(dict.fromkeys(each.name for panel in panels for each in panel.series))
    columns = min(columns, len(panels))
    wide, high = _LEFT + _WIDTH + _RIGHT, _TOP + _HEIGHT + _BOTTOM
    legend, legend_height = _legend(names, columns * wide)
    pieces = list(legend)
    for place, panel in enumerate(panels):
        row, column = divmod(place, columns)
        pieces += _panel(panel, names, place, (column * wide + _LEFT, legend_height + row * high + _TOP))
    return svg.document(columns * wide, legend_height + ceil(len(panels) / columns) * high, title, pieces)


def _legend(names: Sequence[str], width: float) -> tuple[list[str], float]:
    """The pieces, and the height that they take."""
    pieces, x, y = [], 14.0, 22.0
    for place, name in enumerate(names):
        needed = 34 + len(name) * _CHARACTER + 14
        if x > 14 and x + needed > width:
            x, y = 14.0, y + _LEGEND_ROW
        pieces += [svg.line((x, y - 4), (x + 26, y - 4), kind=_stroke(place)), svg.words((x + 32, y), name)]
        x += needed
    return pieces, y + 12


def _stroke(place: int) -> str:
    return f"line s{place % svg.COLOURS}{' bold' if place == 0 else ''}"


def _panel(panel: Panel, names: Sequence[str], number: int, corner: svg.Point) -> Iterator[str]:
    x0, y0 = corner
    yield svg.words((x0, y0 - 9), panel.title, kind="title")
    yield from _grid(panel, corner)
    yield svg.clip(f"p{number}", (x0, y0 - 2), (_WIDTH + 2, _HEIGHT + 4))

    def place_of(point: svg.Point) -> svg.Point:
        return x0 + panel.x.share(point[0]) * _WIDTH, y0 + _HEIGHT - panel.y.share(point[1]) * _HEIGHT

    # The first on top of the others.
    for each in reversed(panel.series):
        colour = names.index(each.name)
        points = [place_of(point) for point in each.points]
        if len(points) > 1:
            yield svg.path(points, kind=_stroke(colour), clip=f"p{number}")
        if each.has_dots:
            inside = [point for point in points if point[1] <= y0 + _HEIGHT]
            yield from (svg.dot(point, kind=f"f{colour % svg.COLOURS}") for point in inside)


def _grid(panel: Panel, corner: svg.Point) -> Iterator[str]:
    x0, y0 = corner
    for value, text in panel.x.ticks:
        x = x0 + panel.x.share(value) * _WIDTH
        yield svg.line((x, y0), (x, y0 + _HEIGHT), kind="grid")
        yield svg.words((x, y0 + _HEIGHT + 16), text, anchor="middle", kind="small")
    for value, text in panel.y.ticks:
        y = y0 + _HEIGHT - panel.y.share(value) * _HEIGHT
        yield svg.line((x0, y), (x0 + _WIDTH, y), kind="grid")
        yield svg.words((x0 - 7, y + 4), text, anchor="end", kind="small")
    yield svg.line((x0, y0 + _HEIGHT), (x0 + _WIDTH, y0 + _HEIGHT), kind="axis")
    yield svg.line((x0, y0), (x0, y0 + _HEIGHT), kind="axis")
    yield svg.words((x0 + _WIDTH / 2, y0 + _HEIGHT + 34), panel.x.label, anchor="middle", kind="small")
    yield svg.words((x0 - 44, y0 + _HEIGHT / 2), panel.y.label, anchor="middle", kind="small", turn=-90)


def share_axis(label: str, values: Sequence[float], *, least: float = 0.0) -> Axis:
    """Shares from a round value below all of them (but not below ``least``) up to 1."""
    lowest = max(least, min(values, default=0.0))
    step = next((each for each in (0.002, 0.005, 0.01, 0.02, 0.05, 0.1) if (1 - lowest) / each <= _MOST_STEPS), 0.2)
    steps = max(2, ceil((1 - lowest) / step - _HAIR))
    places = 3 if step < 0.01 else 2 if step < 0.1 else 1
    ticks = [(1 - place * step, f"{1 - place * step:.{places}f}") for place in range(steps, -1, -1)]
    return Axis(label=label, low=1 - steps * step, high=1.0, ticks=ticks)


def log_axis(label: str, values: Sequence[float]) -> Axis:
    """All of these positive values on a logarithmic scale, with ticks at 1, 2 and 5 or at powers of ten."""
    low, high = min(values), max(values)
    steps = [
        factor * 10.0**power for power in range(floor(log10(low)) - 1, ceil(log10(high)) + 2) for factor in (1, 2, 5)
    ]
    least = max((each for each in steps if each <= low * (1 + _HAIR)), default=low)
    most = min((each for each in steps if each >= high * (1 - _HAIR) and each > least), default=high)
    shown = [each for each in steps if least <= each <= most]
    if len(shown) > _MOST_STEPS:
        shown = [each for each in shown if round(log10(each), 6).is_integer()]
    return Axis(label=label, low=least, high=most, ticks=[(each, _short(each)) for each in shown], is_log=True)


_MOST_STEPS = 7
_HAIR = 1e-9


def _short(value: float) -> str:
    for size, letter in ((1e6, " M"), (1e3, ",000")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"
