"""Other ways to read a person's name: the e-mail address may name them, and what stands before may be a last name.

Leads are typed in a hurry: `D. Herrmann, daniel_herrmann@...` is a Daniel, and `S. Barh, susanne_barth@...` a Barth.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from services.matching.emails import local_name
from services.matching.model import PersonDocument
from services.matching.nicknames import formal_names
from services.matching.people import PARTICLES
from services.matching.text import collapse, fold

_PARTS = re.compile(r"[._]+")
_LETTERS = re.compile(r"[^a-z]+")
_SHORTEST_PART = 2
_SHORTEST_NAME = 3


def other_name_pairs(document: PersonDocument) -> list[str]:
    """Pairs of first and last name, as ``name_pairs`` writes them, by which the person may be known besides."""
    pairs = [*_swapped(document), *(pair for email in document.emails for pair in _in_email(email, document))]
    collapsed = ("|".join(sorted({collapse(one), collapse(other)})) for one, other in pairs)
    return list(dict.fromkeys(each for each in collapsed if "|" in each))


def is_named_in_full(emails: tuple[str, ...], first_names: tuple[str, ...], last_names: tuple[str, ...]) -> bool:
    """Whether the local part of an address is the first and the last name, whatever stands between and after them."""
    return _is_one_of(emails, _full_forms(first_names, last_names))


def is_named_by_initial(emails: tuple[str, ...], first_names: tuple[str, ...], last_names: tuple[str, ...]) -> bool:
    """Whether the local part of an address is the first name's initial and the last name."""
    return _is_one_of(emails, _initial_forms(first_names, last_names))


def _is_one_of(emails: tuple[str, ...], forms: frozenset[str]) -> bool:
    return bool(forms) and any(_letters(each) in forms for each in emails)


@lru_cache(maxsize=16_384)
def _letters(email: str) -> str:
    """The letters of the local part, collapsed; "" where it names a function or nobody."""
    return collapse(_LETTERS.sub("", fold(email.rpartition("@")[0]))) if local_name(email) else ""


@lru_cache(maxsize=65_536)
def _full_forms(first_names: tuple[str, ...], last_names: tuple[str, ...]) -> frozenset[str]:
    firsts = {first_names[0], "".join(first_names)} if first_names else set()
    return _forms({each for each in firsts if len(each) >= _SHORTEST_PART}, last_names)


@lru_cache(maxsize=65_536)
def _initial_forms(first_names: tuple[str, ...], last_names: tuple[str, ...]) -> frozenset[str]:
    return _forms({each[:1] for each in first_names[:1]}, last_names)


def _forms(firsts: set[str], last_names: tuple[str, ...]) -> frozenset[str]:
    lasts = {"".join(last_names), _without_particles(last_names)}
    pairs = [(first, last) for first in firsts for last in lasts if len(last) >= _SHORTEST_NAME]
    return frozenset(collapse(each) for first, last in pairs for each in (first + last, last + first))


def _without_particles(tokens: tuple[str, ...] | list[str]) -> str:
    return "".join(each for each in tokens if each not in PARTICLES)


def _swapped(document: PersonDocument) -> Iterator[tuple[str, str]]:
    """A last name of several words in the first name's place: Becker-Schneider, Ole."""
    if len(document.first_names) > 1 and document.last_names:
        yield _without_particles(document.first_names), "".join(document.last_names)


def _in_email(email: str, document: PersonDocument) -> Iterator[tuple[str, str]]:
    """First and last name as the local part has them, where one of them is the person's."""
    if not local_name(email):
        return
    parts = [_letters_of_part(each) for each in _PARTS.split(email.rpartition("@")[0])]
    parts = [each for each in parts if each]
    known = _known_names(document)
    if len(parts) == 1:
        yield from _cut(parts[0], known)
    elif len(parts) == 2:  # noqa: PLR2004 - a pair
        yield from _as_pair(parts[0], parts[1], known)


def _letters_of_part(part: str) -> str:
    return _without_particles([_LETTERS.sub("", each) for each in fold(part).split("-")])


def _known_names(document: PersonDocument) -> list[str]:
    last = _without_particles(document.last_names) or "".join(document.last_names)
    first = document.first_names[:1]
    formal = sorted(each for name in first for each in formal_names(name))
    return [name for name in dict.fromkeys([last, *first, *formal]) if name]


def _as_pair(one: str, other: str, known: list[str]) -> Iterator[tuple[str, str]]:
    if len(one) >= _SHORTEST_PART and len(other) >= _SHORTEST_PART:
        yield one, other
        return
    initial, name = sorted((one, other), key=len)
    yield from ((each, name) for each in known if each.startswith(initial) and len(each) > 1)


def _cut(part: str, known: list[str]) -> Iterator[tuple[str, str]]:
    """What is left when a known name is cut off the beginning or the end."""
    for name in known:
        if len(name) >= _SHORTEST_NAME:
            rests = (part.removeprefix(name), part.removesuffix(name))
            yield from ((name, rest) for rest in rests if rest != part and len(rest) >= _SHORTEST_PART)
            if part[0] == name[0] and not part.startswith(name):
                yield name, part[1:]
