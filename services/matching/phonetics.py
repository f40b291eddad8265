"""Kölner Phonetik: German words that sound alike get one code (Hans Joachim Postel, IBM-Nachrichten 19, 1969)."""

import re
from functools import lru_cache

_LETTERS = re.compile(r"[^a-z]+")
_REPEATED = re.compile(r"(\d)\1+")
_ALWAYS = {
    **dict.fromkeys("aeijouy", "0"),
    "b": "1",
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "l": "5",
    **dict.fromkeys("mn", "6"),
    "r": "7",
    **dict.fromkeys("sz", "8"),
}
_HARD_C_AT_START = frozenset("ahkloqrux")
_HARD_C_INSIDE = frozenset("ahkoqux")
_SIBILANTS = frozenset("sz")


@lru_cache(maxsize=65_536)
def koelner(word: str) -> str:
    """The code of a folded word, digits only; empty for a word without letters."""
    letters = _LETTERS.sub("", word)
    codes = "".join(
        _code(letter, letters[index - 1] if index else "", letters[index + 1 : index + 2])
        for index, letter in enumerate(letters)
    )
    codes = _REPEATED.sub(r"\1", codes)
    return codes[:1] + codes[1:].replace("0", "")


def _code(letter: str, before: str, after: str) -> str:
    if letter in _ALWAYS:
        return _ALWAYS[letter]
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        return _code_of_c(before, after)
    return ""


def _code_of_c(before: str, after: str) -> str:
    if not before:
        return "4" if after in _HARD_C_AT_START else "8"
    return "4" if before not in _SIBILANTS and after in _HARD_C_INSIDE else "8"
