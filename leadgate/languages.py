"""Which language a request is answered in."""

from domain.values import Language

_LANGUAGES = {each.value: each for each in Language}


def language_for(accept_language: str, default: Language) -> Language:
    """The language that the header prefers of those there are texts in (RFC 9110, 12.5.4); else the default."""
    best, best_weight = default, 0.0
    for each in accept_language[:1000].split(","):
        tag, *parameters = (part.strip().lower() for part in each.split(";"))
        language = _LANGUAGES.get(tag.partition("-")[0])
        weight = next((_weight(part) for part in parameters if part.startswith("q=")), 1.0)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameter: str) -> float:
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0
