"""The file of the weights: TOML with one line for each weight, which says what it is worth and where that comes from.

    email.agree = { bits = 15.0, by = "hand" }
    phone.disagree = { bits = -1.4, by = "estimated", hand = -1.0, m = 0.21, u = 0.99, pairs = 4123 }

``m`` is the share of true pairs that come out so, ``u`` of random ones, ``pairs`` how many true pairs were compared.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import isfinite
from typing import Any

from services.matching.weights import BOUNDS, WEIGHT_NAMES, Weights, from_names

FORMAT = 1
HAND, ESTIMATED = "hand", "estimated"
_ABOUT = """\
# What evidence is worth, in bits; docs/matching.md says what that means. By "hand", or "estimated" by the command
# `leadgate matching estimate`: a share of m of the true pairs came out like this, and of u of random ones; hand is
# what it was before, pairs how many true pairs were compared.
"""
_OWN_KEYS = frozenset({"format", "version", "origin"})
_REQUIRED: Mapping[str, frozenset[str]] = {
    HAND: frozenset({"bits", "by"}),
    ESTIMATED: frozenset({"bits", "by", "hand", "m", "u", "pairs"}),
}


class WrongWeightsError(ValueError):
    """A file of weights that cannot be used; ``faults`` has a sentence for each wrong line."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightLine:
    """What the file says of one weight; all but ``bits`` is None for one that was set by hand.

    ``hand``: what it was before; ``m`` and ``u``: shares of true and of random pairs; ``pairs``: true pairs compared.
    """

    bits: float
    hand: float | None = None
    m: float | None = None
    u: float | None = None
    pairs: int | None = None

    @property
    def is_estimated(self) -> bool:
        """Whether the bits were estimated."""
        return self.hand is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsFile:
    """All that a file says: its version (raised with every change), where it comes from, and a line for each weight."""

    version: int
    origin: str
    lines: Mapping[str, WeightLine]

    @property
    def weights(self) -> Weights:
        """The weights, for the engine."""
        return from_names({name: line.bits for name, line in self.lines.items()})


def parse_weights(text: str) -> WeightsFile:
    """Read the text of a file. Raises ``WrongWeightsError`` that names every wrong line."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongWeightsError((f"no TOML: {error}",)) from None
    entries = dict(_flattened(content))
    faults = [*_head_faults(content), *(fault for name in entries for fault in _line_faults(name, entries[name]))]
    told = [_with_place(fault, text) for fault in faults]
    told += [f"{name} is missing" for name in WEIGHT_NAMES if name not in entries]
    if told:
        raise WrongWeightsError(tuple(told))
    lines = {name: _line(entries[name]) for name in WEIGHT_NAMES}
    return WeightsFile(version=content["version"], origin=content["origin"], lines=lines)


def format_weights(file: WeightsFile) -> str:
    """The text of the file, which ``parse_weights`` reads back as it was."""
    lines = [
        _ABOUT,
        f"format = {FORMAT}",
        f"version = {file.version}",
        f'origin = "{_escaped(file.origin)}"',
        "",
    ]
    lines += [f"{name} = {{ {', '.join(_parts(file.lines[name]))} }}" for name in WEIGHT_NAMES]
    return "\n".join([*lines, ""])


def _escaped(text: str) -> str:
    printable = "".join(each if each.isprintable() else " " for each in text)
    return printable.replace("\\", "\\\\").replace('"', '\\"')


def _parts(line: WeightLine) -> Iterator[str]:
    yield f"bits = {float(line.bits)!r}"
    if not line.is_estimated:
        yield f'by = "{HAND}"'
        return
    yield f'by = "{ESTIMATED}"'
    yield from (f"{key} = {getattr(line, key)!r}" for key in ("hand", "m", "u", "pairs"))


def _flattened(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries by the names of weights: those with parts are tables of tables."""
    for name, entry in content.items():
        if name in _OWN_KEYS:
            continue
        if isinstance(entry, dict) and "bits" not in entry and entry:
            yield from ((f"{name}.{part}", each) for part, each in entry.items())
        else:
            yield name, entry


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with the line that begins with ``key``."""

    key: str
    what: str


def _head_faults(content: Mapping[str, Any]) -> Iterator[_Fault]:
    if content.get("format") != FORMAT:
        yield _Fault("format", f"must be {FORMAT}")
    version = content.get("version")
    if not _is_number(version) or not isinstance(version, int) or version < 1:
        yield _Fault("version", "must be a whole number from 1 on")
    if not isinstance(content.get("origin"), str):
        yield _Fault("origin", "must be a text: where the weights come from")


def _line_faults(name: str, entry: object) -> Iterator[_Fault]:
    if name not in BOUNDS:
        yield _Fault(name, "is no weight")
        return
    if not isinstance(entry, dict) or entry.get("by") not in list(_REQUIRED):
        yield _Fault(name, f'must say by = "{HAND}" or by = "{ESTIMATED}"')
        return
    required = _REQUIRED[entry["by"]]
    wrong = sorted(entry.keys() ^ required)
    if wrong:
        yield _Fault(name, f"must have {', '.join(sorted(required))}, and nothing else")
        return
    least, most = BOUNDS[name]
    for key in sorted(required - {"by"}):
        if not _is_number(entry[key]):
            yield _Fault(name, f"{key} must be a number")
        elif key == "bits" and not least <= entry[key] <= most:
            yield _Fault(name, f"bits must be from {least:g} to {most:g}")
        elif key in {"m", "u"} and not 0 < entry[key] <= 1:
            yield _Fault(name, f"{key} must be above 0 and at most 1")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _with_place(fault: _Fault, text: str) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.partition("=")[0].replace(" ", "") == fault.key:
            return f"line {number}: {fault.key} {fault.what}"
    return f"{fault.key} {fault.what}"


def _line(entry: Mapping[str, Any]) -> WeightLine:
    numbers = {key: float(entry[key]) for key in entry if key not in {"by", "pairs"}}
    pairs = entry.get("pairs")
    return WeightLine(**numbers, pairs=None if pairs is None else int(pairs))


SHIPPED = parse_weights(files("services.matching").joinpath("weights.toml").read_text(encoding="utf-8"))
"""The weights of this release."""
