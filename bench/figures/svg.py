"""The pieces of a picture in SVG: text, lines and boxes, in colours that follow the reader's light or dark scheme.

Equal pieces give equal bytes: no date, no random ids, numbers with one place behind the point.
"""

from collections.abc import Iterable, Sequence
from html import escape

Point = tuple[float, float]

_LIGHT = ("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#7d4e00", "#57606a")
_DARK = ("#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#f778ba", "#d4a72c", "#9ea7b0")
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "4 2", "1 2", "10 4")
COLOURS = len(_LIGHT)
"""How many series can be told apart."""
_HUES = {"back": ("#ffffff", "#0d1117"), "ink": ("#1f2328", "#e6edf3"), "faint": ("#59636e", "#9198a1")}
_GRID = ("#d8dee4", "#30363d")


def document(width: float, height: float, title: str, pieces: Iterable[str]) -> str:
    """A whole picture; the title is what is read out."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" '
        f'height="{_n(height)}" role="img" aria-label="{escape(title)}">'
    )
    style = f"<style>{_style(0)}@media (prefers-color-scheme: dark) {{ {_colours(1)} }}</style>"
    return "\n".join([head, style, box((0, 0), (width, height), kind="back"), *pieces, "</svg>", ""])


def _style(scheme: int) -> str:
    dashes = "".join(f".s{place} {{ stroke-dasharray: {dash or 'none'} }} " for place, dash in enumerate(_DASHES))
    return (
        "text { font: 12px system-ui, sans-serif } .title { font-size: 13px; font-weight: 600 } "
        ".small { font-size: 11px } .line { fill: none; stroke-width: 1.6 } .bold { stroke-width: 2.6 } "
        f".grid, .axis {{ stroke-width: 1 }} {dashes}{_colours(scheme)}"
    )


def _colours(scheme: int) -> str:
    series = "".join(
        f".s{place} {{ stroke: {colours[scheme]} }} .f{place} {{ fill: {colours[scheme]} }} "
        for place, colours in enumerate(zip(_LIGHT, _DARK, strict=True))
    )
    hues = {name: colours[scheme] for name, colours in _HUES.items()}
    return (
        f"text {{ fill: {hues['ink']} }} .small {{ fill: {hues['faint']} }} .back {{ fill: {hues['back']} }} "
        f".grid {{ stroke: {_GRID[scheme]} }} .axis {{ stroke: {hues['faint']} }} {series}"
    )


def words(at: Point, text: str, *, anchor: str = "start", kind: str = "", turn: int = 0) -> str:
    """A line of text; ``anchor``: start, middle or end; ``turn``: degrees around its own place."""
    turned = f' transform="rotate({turn} {_n(at[0])} {_n(at[1])})"' if turn else ""
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{_n(at[0])}" y="{_n(at[1])}" text-anchor="{anchor}"{named}{turned}>{escape(text)}</text>'


def line(start: Point, end: Point, *, kind: str) -> str:
    """A straight line."""
    return f'<line x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}" class="{kind}"/>'


def path(points: Sequence[Point], *, kind: str, clip: str = "") -> str:
    """A line through points; ``clip`` names what it is cut off by."""
    steps = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    cut = f' clip-path="url(#{clip})"' if clip else ""
    return f'<polyline points="{steps}" class="{kind}"{cut}/>'


def dot(at: Point, *, kind: str, radius: float = 3) -> str:
    """A filled circle."""
    return f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}" class="{kind}"/>'


def box(corner: Point, size: Point, *, kind: str) -> str:
    """A filled rectangle by its upper left corner, width and height."""
    return (
        f'<rect x="{_n(corner[0])}" y="{_n(corner[1])}" width="{_n(size[0])}" height="{_n(size[1])}" class="{kind}"/>'
    )


def clip(name: str, corner: Point, size: Point) -> str:
    """A rectangle that paths may be cut off by."""
    return f'<clipPath id="{name}">{box(corner, size, kind="clip")}</clipPath>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
