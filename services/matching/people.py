"""Names of persons folded for comparing: titles and salutations off, words apart, generation (jun., sen.) aside."""

from functools import lru_cache

from services.matching.text import fold, vocabulary, words

_SALUTATIONS = vocabulary("herr herrn frau fraeulein hr fr mr mrs ms miss mister sir madam mme mlle monsieur")
_TITLES = vocabulary(
    """dr prof professor doktor dipl ing mag med dent vet phil jur rer nat pol oec habil hc ddr univ doz pd dipling
    diplkfm kfm bacc mmag lic theol"""
)
_SUFFIXES = vocabulary("mba msc bsc phd md esq ba ma llm mph dds cpa fh bed med")
_GENERATIONS = {
    "jun": "jun",
    "jr": "jun",
    "junior": "jun",
    "sen": "sen",
    "sr": "sen",
    "senior": "sen",
    "ii": "ii",
    "iii": "iii",
}
PARTICLES = vocabulary(
    "von van de der den dem zu zur zum vom la le di da del della dos das du ten ter el al bin ibn of y e"
)
"""Words inside surnames that carry next to no evidence."""

Name = tuple[tuple[str, ...], tuple[str, ...], str]


@lru_cache(maxsize=65_536)
def parse_person(first_name: str | None, last_name: str | None) -> Name:
    """The words of the first names, of the last names, and the generation ("", "jun", "sen", ...).

    ``Müller, Peter`` in the last name alone is read as Peter Müller, and ``Peter Müller`` in the first name alone too.
    """
    first, last = first_name or "", last_name or ""
    if not first.strip() and "," in last[:300]:
        last, first = fold(last).split(",", 1)
    first_tokens = _strip_front(words(first))
    last_tokens, generation = _strip_end(_strip_front(words(last)))
    if not last_tokens and len(first_tokens) > 1:
        first_tokens, generation = _strip_end(first_tokens)
        first_tokens, last_tokens = first_tokens[:-1], first_tokens[-1:]
    return tuple(first_tokens), tuple(last_tokens), generation


def _strip_front(tokens: list[str]) -> list[str]:
    """Salutations and titles off the front, as long as a name is left."""
    start = 0
    while start < len(tokens) - 1 and (tokens[start] in _SALUTATIONS or tokens[start] in _TITLES):
        start += 1
    return tokens[start:]


def _strip_end(tokens: list[str]) -> tuple[list[str], str]:
    """Degrees and the generation off the end, as long as a name is left."""
    generation = ""
    while len(tokens) > 1 and (tokens[-1] in _GENERATIONS or tokens[-1] in _SUFFIXES):
        generation = _GENERATIONS.get(tokens[-1], generation)
        tokens = tokens[:-1]
    return tokens, generation
