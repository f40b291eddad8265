"""E-mail addresses and domains, as companies and people have them."""

from functools import lru_cache
from random import Random
from string import ascii_lowercase

from anyascii import anyascii

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "&": " ", ".": " "}
)
_TLD = {"DE": "de", "AT": "at", "CH": "ch", "FR": "fr", "NL": "nl", "PL": "pl", "IT": "it", "ES": "es", "CZ": "cz"}
_EVERYWHERE = ("gmail.com", "gmail.com", "outlook.com", "icloud.com", "hotmail.com", "yahoo.com")
_GERMAN_MAIL = ("gmx.de", "web.de", "gmail.com", "t-online.de", "gmx.net", "outlook.de", "freenet.de", "icloud.com")
_FREEMAIL = {
    "DE": _GERMAN_MAIL,
    "AT": ("gmx.at", "aon.at", *_EVERYWHERE),
    "CH": ("bluewin.ch", "gmx.ch", *_EVERYWHERE),
    "FR": ("orange.fr", "free.fr", "laposte.net", *_EVERYWHERE),
    "NL": ("ziggo.nl", "kpnmail.nl", *_EVERYWHERE),
    "PL": ("wp.pl", "o2.pl", "onet.pl", *_EVERYWHERE),
    "IT": ("libero.it", "virgilio.it", *_EVERYWHERE),
    "ES": ("hotmail.es", "yahoo.es", *_EVERYWHERE),
    "CZ": ("seznam.cz", "centrum.cz", *_EVERYWHERE),
    "DK": ("mail.dk", *_EVERYWHERE),
}


@lru_cache(maxsize=20_000)
def slug(text: str) -> str:
    """Spell a name as it stands in a domain: ASCII letters and digits, words joined by hyphens."""
    ascii_text = anyascii(text.lower().translate(_GERMAN))
    words = "".join(letter if letter.isalnum() else " " for letter in ascii_text.replace("'", "")).split()
    return "-".join(words)


def draw_domain(rng: Random, name: str, city: str, country: str, *, is_common: bool) -> str:
    """Draw a domain for a company. No two have one: each has letters of its own, and a common name digits as well."""
    words = [word for word in slug(name).split("-") if word not in {"und", "am", "an", "der"}][:3]
    chance = rng.random()
    if chance < 0.4 and not is_common:
        words.append(slug(city).split("-")[0])
    elif chance < 0.55 and not is_common:
        words[-1] += rng.choice(("24", "-online", "-group", "-gruppe", "-gmbh"))
    own = "".join(rng.choices(ascii_lowercase, k=3))
    words.append(f"{own}{rng.randrange(10, 1_000)}" if is_common else own)
    tld = _TLD.get(country, "dk") if rng.random() < 0.85 else rng.choice(("com", "eu", "net"))
    return f"{('' if rng.random() < 0.25 else '-').join(words)}.{tld}"


def draw_office_mail(rng: Random, domain: str) -> str:
    """Draw a company's general address."""
    return f"{rng.choice(('info', 'info', 'info', 'kontakt', 'office', 'mail', 'zentrale', 'post'))}@{domain}"


def draw_work_mail(rng: Random, first_name: str, last_name: str, domain: str) -> str:
    """Draw a person's address at a company."""
    first, last = slug(first_name), slug(last_name)
    style = rng.choice((f"{first}.{last}", f"{first}.{last}", f"{first[0]}.{last}", last, f"{first[0]}{last}"))
    return f"{style}@{domain}"


def draw_private_mail(rng: Random, first_name: str, last_name: str, country: str) -> str:
    """Draw a private address with a freemail provider, who gives it out once: hence the digits."""
    first, last = slug(first_name), slug(last_name)
    local = rng.choice(
        (f"{first}.{last}", f"{first}{last}", f"{first[0]}.{last}", f"{last}.{first}", f"{first}_{last}")
    )
    return f"{local}{rng.randrange(1_000, 1_000_000)}@{rng.choice(_FREEMAIL[country])}"
