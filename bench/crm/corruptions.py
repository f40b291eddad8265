"""What happens to details on their way into a lead: each corruption is a small function, named in a table.

A corruption returns the lead unchanged where it does not apply.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from random import Random

from bench.crm.addresses import draw_private_mail
from bench.crm.company_names import draw_legal_form
from bench.crm.model import GeneratedLead
from bench.crm.people_names import NICKNAMES
from bench.crm.streets import draw_address, draw_place
from bench.crm.tables import read_words
from bench.crm.views import as_emails

Corruption = Callable[[Random, GeneratedLead], GeneratedLead]
_Rewrite = Callable[[str], str]

_FORMS = sorted({form for forms in read_words("companies")["forms"].values() for form in forms if form != "-"}, key=len)
_FORM = re.compile(r"\s+(" + "|".join(re.escape(form) for form in reversed(_FORMS)) + r")(?=$|,)")
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "é": "e"})
_PLAIN = str.maketrans("äöüÄÖÜéèêáíóúñçłśżřšč", "aouAOUeeeaiounclszrsc")
_SHORTER = {
    "Ingenieurbüro": "Ing.-Büro",
    "Architekturbüro": "Arch.-Büro",
    "Gebäudereinigung": "Gebäuderein.",
    "Hausverwaltung": "HV",
    "Maschinenbau": "Masch.bau",
    "Autohaus": "AH",
    "Personaldienstleistungen": "Personaldienstl.",
    "Immobilien": "Immob.",
    "Gebr.": "Gebrüder",
    "Steuerberatung": "StB",
    "Technik": "Tech.",
    "technik": "techn.",
    "Hoch- und Tiefbau": "Hoch-/Tiefbau",
    "Consulting": "Cons.",
    "Transporte": "Transp.",
    " & ": " und ",
    "straße": "str.",
    "Straße": "Str.",
    "platz": "pl.",
}


def _rename(lead: GeneratedLead, rewrite: _Rewrite) -> GeneratedLead:
    if lead.company.name is None:
        return lead
    return replace(lead, company=replace(lead.company, name=rewrite(lead.company.name)))


def _rename_person(lead: GeneratedLead, *, first: _Rewrite = str, last: _Rewrite = str) -> GeneratedLead:
    person = lead.person
    if not (person.first_name and person.last_name):
        return lead
    return replace(lead, person=replace(person, first_name=first(person.first_name), last_name=last(person.last_name)))


def _move(lead: GeneratedLead, rewrite: _Rewrite) -> GeneratedLead:
    if lead.address is None or lead.address.street is None:
        return lead
    return replace(lead, address=replace(lead.address, street=rewrite(lead.address.street)))


def _in_all_names(lead: GeneratedLead, rewrite: _Rewrite) -> GeneratedLead:
    return _move(_rename_person(_rename(lead, rewrite), first=rewrite, last=rewrite), rewrite)


def _mistype(rng: Random, word: str) -> str:
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + rng.choice("aeinrst") + word[at + 1 :],
        )
    )


def _typo(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    def mistype(text: str) -> str:
        return _mistype(rng, text)

    place = rng.choice(("company", "last", "first", "street"))
    if place == "company" and lead.company.name:
        return _rename(lead, mistype)
    if place == "street" and lead.address and lead.address.street:
        return _move(lead, mistype)
    return _rename_person(lead, first=mistype) if place == "first" else _rename_person(lead, last=mistype)


def _umlaut_spelling(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    table = _DIGRAPHS if rng.random() < 0.7 else _PLAIN
    return _in_all_names(lead, lambda text: text.translate(table))


def _legal_form_missing(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    bare = replace(lead, company=replace(lead.company, legal_form=None))
    return _rename(bare, lambda name: _FORM.sub("", name))


def _legal_form_changed(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    country = (lead.address and lead.address.country) or "DE"
    form = draw_legal_form(rng, country) or "GmbH"
    if lead.company.legal_form:
        return replace(lead, company=replace(lead.company, legal_form=form))
    return _rename(lead, lambda name: _FORM.sub(f" {form}", name, count=1))


def _abbreviation(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    def shorten(text: str) -> str:
        for long, short in _SHORTER.items():
            text = text.replace(long, short)
        return text

    return _move(_rename(lead, shorten), shorten)


def _initial(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    return _rename_person(lead, first=lambda name: f"{name[0]}.")


def _missing_field(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    without = (
        replace(lead, emails=()) if lead.emails else None,
        replace(lead, phones=()) if lead.phones else None,
        replace(lead, address=None) if lead.address else None,
    )
    possible = [shorter for shorter in without if shorter]
    return rng.choice(possible) if len(possible) > 1 else lead


def _phone_format(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    if not lead.phones:
        return lead
    number = lead.phones[0].number
    compact = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    ways = (
        compact,
        compact.removeprefix("+"),
        re.sub(r"^(\+49|0049)", "0", compact),
        re.sub(r"^\+", "00", number),
        re.sub(r"[ /-]+", ".", number),
    )
    other = next((way for way in rng.sample(ways, len(ways)) if way != number), number)
    return replace(lead, phones=(replace(lead.phones[0], number=other), *lead.phones[1:]))


def _nickname(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    return _rename_person(lead, first=lambda name: NICKNAMES.get(name, name))


def _moved(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    if lead.address is None or lead.address.street is None:
        return lead
    return replace(lead, address=draw_address(rng, draw_place(rng, lead.address.country)))


def _swapped_names(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    person = lead.person
    return replace(lead, person=replace(person, first_name=person.last_name, last_name=person.first_name))


def _freemail(rng: Random, lead: GeneratedLead) -> GeneratedLead:
    person, country = lead.person, (lead.address and lead.address.country) or "DE"
    if lead.truth.is_private or not (lead.emails and person.first_name and person.last_name):
        return lead
    return replace(lead, emails=as_emails(draw_private_mail(rng, person.first_name, person.last_name, country)))


def _double_name_half(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    def halve(name: str) -> str:
        return name.split("-", 1)[0]

    return _rename_person(lead, first=halve, last=halve)


def _upper_case(_rng: Random, lead: GeneratedLead) -> GeneratedLead:
    return _in_all_names(lead, str.upper)


CORRUPTIONS: dict[str, tuple[int, Corruption]] = {
    "typo": (5, _typo),
    "umlaut_spelling": (4, _umlaut_spelling),
    "legal_form_missing": (4, _legal_form_missing),
    "legal_form_changed": (2, _legal_form_changed),
    "abbreviation": (2, _abbreviation),
    "initial": (1, _initial),
    "missing_field": (4, _missing_field),
    "phone_format": (4, _phone_format),
    "nickname": (3, _nickname),
    "moved": (2, _moved),
    "swapped_names": (1, _swapped_names),
    "freemail": (2, _freemail),
    "double_name_half": (3, _double_name_half),
    "upper_case": (1, _upper_case),
}
"""Every corruption by its name, and how often it is tried in comparison with the others."""


def corrupt(rng: Random, lead: GeneratedLead, count: int, *, spared: Collection[str] = ()) -> GeneratedLead:
    """Apply ``count`` different corruptions, fewer where no more apply, and note their names in the lead.

    Those named in ``spared`` are left out. The order is a weighted sample without replacement (Efraimidis and Spirakis
    2006).
    """
    order = sorted(CORRUPTIONS, key=lambda name: rng.random() ** (1 / CORRUPTIONS[name][0]), reverse=True)
    for name in order:
        if len(lead.corruptions) == count:
            break
        changed = lead if name in spared else CORRUPTIONS[name][1](rng, lead)
        if changed != lead:
            lead = replace(changed, corruptions=(*lead.corruptions, name))
    return lead
