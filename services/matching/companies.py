"""Company names folded for comparing: the words of the name, and its legal form apart from them."""

import re
from functools import lru_cache

from services.matching import legal_forms
from services.matching.text import fold, vocabulary

_NO_WORD = re.compile(r"[^0-9a-z&]+")
_AND = re.compile(r"\s*[&+]\s*|(?<=[\s.])(?:u\.?|und|and)(?=\s)")
_SHORTEST_ACRONYM = 3
_AND_WORDS = frozenset({"&", "u", "und", "and"})
_ABBREVIATIONS = {
    "gebr": "gebrueder",
    "geb": "gebrueder",
    "bros": "brothers",
    "intl": "international",
    "int": "international",
    "mfg": "manufacturing",
    "univ": "university",
    "str": "strasse",
    "dt": "deutsche",
    "dtsch": "deutsche",
    "ges": "gesellschaft",
    "grp": "group",
    "svc": "service",
    "svcs": "services",
    "tech": "technology",
    "assn": "association",
    "assoc": "associates",
    "ctr": "center",
    "centre": "center",
    "zentr": "zentrum",
}
UNMARKED_WORDS = vocabulary(
    """the of der die das des dem den und and & am im in an zu zur zum fuer for von vom bei auf aus mit a an la le les
    el los de del di da do du et e y i"""
)
"""Words that carry no evidence (articles, prepositions)."""

COMMON_WORDS = vocabulary(
    """
    autohaus auto autos automobile automotive cars motors motor garage werkstatt kfz fahrzeuge car
    bank sparkasse versicherung versicherungen finanz finance financial capital invest investment holding beteiligung
    bau bauunternehmen hochbau tiefbau dach dachdecker maler malerbetrieb sanitaer heizung elektro elektrotechnik
    haustechnik metallbau maschinenbau stahlbau holzbau zimmerei tischlerei schreinerei fenster garten gartenbau
    immobilien hausverwaltung verwaltung architekten architekt ingenieurbuero planung ingenieure buero office
    service services solutions systems system systeme technik technologie technology technologies software it digital
    media medien design druck druckerei verlag werbung agentur agency marketing consulting beratung unternehmensberatung
    partner partners group gruppe international global europe deutschland germany handel handels vertrieb vertriebs
    trading import export logistik logistics transport transporte spedition reisen reisebuero touristik hotel gasthof
    restaurant cafe pizzeria baeckerei konditorei metzgerei fleischerei apotheke praxis zahnarzt zahnarztpraxis klinik
    krankenhaus pflege pflegedienst therapie physiotherapie friseur kosmetik salon sport fitness studio schule
    kindergarten verein foerderverein stadt gemeinde kreis amt university universitaet hochschule institut institute
    college school hospital foundation stiftung association gesellschaft company companies industries industrie
    enterprises brothers gebrueder sohn soehne sons rechtsanwalt rechtsanwaelte kanzlei steuerberater
    steuerberatung wirtschaftspruefer notar energie energy solar strom wasser umwelt recycling entsorgung
    reinigung gebaeudereinigung sicherheit security moebel mode fashion foto optik optiker shop store markt
    supermarkt national american united general first new north south east west central center zentrum house haus
    """
)
"""Words of trades that many companies share: distinctive only where the tenant's own frequencies say so (own list)."""


@lru_cache(maxsize=65_536)
def parse_company(name: str | None) -> tuple[tuple[str, ...], str]:
    """The words of a company's name and its canonical legal form ("" if none).

    ``Autohaus Schmidt GmbH & Co. KG`` and ``Autohaus Schmidt gmbh u. Co KG`` both give
    ``(("autohaus", "schmidt"), "gmbh & co kg")``. A name that is nothing but a legal form keeps its words.
    """
    tokens = _join_letters(_NO_WORD.sub(" ", _AND.sub(" & ", fold(name))).split())
    start, end, legal_form = _find_legal_form(tokens)
    core = _without_and(tokens[:start] + tokens[end:])
    if not core:
        core, legal_form = _without_and(tokens), ""
    return tuple(_ABBREVIATIONS.get(token, token) for token in core), legal_form


def parse_legal_form(legal_form: str | None) -> str:
    """The canonical form of a legal form that was given on its own; "" if it is not known."""
    tokens = _join_letters(_NO_WORD.sub(" ", _AND.sub(" & ", fold(legal_form))).split())
    return legal_forms.CANONICAL.get(_with_and(tokens), "")


def acronym(tokens: tuple[str, ...]) -> str:
    """The initials of a name of three words or more; "" for a shorter one."""
    initials = "".join(token[0] for token in tokens if token not in UNMARKED_WORDS)
    return initials if len(initials) >= _SHORTEST_ACRONYM else ""


def _with_and(tokens: list[str]) -> tuple[str, ...]:
    return tuple("&" if token in _AND_WORDS else token for token in tokens)


def _without_and(tokens: list[str]) -> list[str]:
    return [token for token in tokens if token not in _AND_WORDS]


def _join_letters(tokens: list[str]) -> list[str]:
    """``g m b h`` → ``gmbh``."""
    joined: list[str] = []
    is_run = False
    for token in tokens:
        is_letter = len(token) == 1 and token.isalpha()
        if is_letter and is_run:
            joined[-1] += token
        else:
            joined.append(token)
        is_run = is_letter
    return joined


def _find_legal_form(tokens: list[str]) -> tuple[int, int, str]:
    """Where the legal form starts and ends, and which it is: the longest at the end, else in front, else inside."""
    shaped = _with_and(tokens)
    count = len(shaped)
    for length in range(min(legal_forms.LONGEST, count), 0, -1):
        found = legal_forms.CANONICAL.get(shaped[count - length :])
        if found:
            return count - length, count, found
    for length in range(min(legal_forms.LONGEST, count), 0, -1):
        for start in range(count - length):
            found = legal_forms.CANONICAL.get(shaped[start : start + length])
            if found and (found in legal_forms.ANYWHERE or (start == 0 and found in legal_forms.IN_FRONT)):
                return start, start + length, found
    return count, count, ""
