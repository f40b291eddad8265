"""Rules for text: composed (NFC), trimmed, without what databases or readers choke on; empty text is none."""

import re
import unicodedata

from domain.problems import FieldFault
from services.validation.reading import Reading, Rule

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_CONTROL_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?")
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]*"
)
_WEBSITE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+\.?(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)

_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
    UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
_COUNTRIES = frozenset(_CODES.split())
"""ISO 3166-1 alpha-2, and the user-assigned XK that the European Commission uses for Kosovo."""


def text(limit: int, *, has_lines: bool = False) -> Rule:
    """A rule for text of at most ``limit`` characters; in one line, or with line ends and tabs."""
    control = _CONTROL_IN_LINES if has_lines else _CONTROL

    def read(raw: str | None, reading: Reading) -> str | None:
        value = unicodedata.normalize("NFC", raw or "").strip()
        if has_lines:
            value = _LINE_END.sub("\n", value)
        if _LONE_SURROGATE.search(value) or control.search(value):
            reading.refuse(FieldFault.BAD_TEXT)
            return None
        if len(value) > limit:
            reading.refuse(FieldFault.TOO_LONG, str(limit))
            return None
        return None if _INVISIBLE.fullmatch(value) else value

    return read


def website(limit: int) -> Rule:
    """A rule for a website: a host name with a dot, with or without ``http(s)://`` and what follows."""
    read_text = text(limit)

    def read(raw: str | None, reading: Reading) -> str | None:
        value: str | None = read_text(raw, reading)
        if value is not None and not _WEBSITE.fullmatch(value):
            reading.refuse(FieldFault.BAD_VALUE)
            return None
        return value

    return read


def country(raw: str | None, reading: Reading) -> str | None:
    """The country's code in capitals."""
    value: str | None = text(limit=100)(raw, reading)
    if value is not None and not (value.isascii() and value.upper() in _COUNTRIES):
        reading.refuse(FieldFault.BAD_COUNTRY)
        return None
    return value and value.upper()
