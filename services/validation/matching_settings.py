"""Rules for a tenant's matching settings: every value within the range in which matching still means something."""

from collections.abc import Sequence
from dataclasses import replace

from domain.drafts import MatchingSettingsPatch
from domain.matches import EvidenceKind
from domain.matching_settings import AutoSelect, EvidenceWeight, MatchingSettings
from domain.problems import FieldFault
from domain.records import Tenant
from services.matching.exact import LEAST_KINDS, NAMING
from services.matching.settings import EXACT_EVIDENCE
from services.validation.reading import Reading, Rule, read_fields, required
from services.validation.texts import country

HIGHEST_WEIGHT = 3.0


def changed_settings(tenant: Tenant, patch: MatchingSettingsPatch, reading: Reading) -> Tenant:
    """The tenant with its settings as the patch leaves them. What is wrong goes to ``reading``; then they are void."""
    values = read_fields(patch, _RULES, reading)
    default_country = values.pop("default_country", tenant.default_country)
    return replace(tenant, default_country=default_country, matching=replace(tenant.matching, **values))


def changed_fields(before: Tenant, after: Tenant) -> tuple[str, ...]:
    """The names of the settings that differ."""
    old, new = before.matching, after.matching
    names = (name for name in _RULES if name in MatchingSettings.__slots__ and getattr(old, name) != getattr(new, name))
    return (*names, *(("default_country",) if before.default_country != after.default_country else ()))


def _number(low: float, high: float) -> Rule:
    def read(raw: float | None, reading: Reading) -> float | None:
        # A comparison that NaN fails as well.
        if raw is not None and not low <= raw <= high:
            reading.refuse(FieldFault.BAD_VALUE, f"{low:g} … {high:g}")
            return None
        return None if raw is None else float(raw)

    return read


def _auto_select(raw: AutoSelect | None, _: Reading) -> AutoSelect:
    return raw or AutoSelect.EXACT


def _exact_evidence(raw: Sequence[EvidenceKind] | None, reading: Reading) -> frozenset[EvidenceKind] | None:
    """Kinds that can make a 100 % match, at least two, one of which names the record."""
    if raw is None:
        return None
    for place, kind in enumerate(raw):
        if kind not in EXACT_EVIDENCE:
            reading.at(str(place)).refuse(FieldFault.BAD_VALUE, _names(EXACT_EVIDENCE))
        elif kind in raw[:place]:
            reading.at(str(place)).refuse(FieldFault.DUPLICATE)
    kinds = frozenset(raw)
    if len(kinds) < LEAST_KINDS:
        reading.refuse(FieldFault.BAD_VALUE, f"≥ {LEAST_KINDS}: {_names(EXACT_EVIDENCE)}")
    elif not kinds & NAMING:
        reading.refuse(FieldFault.BAD_VALUE, f"≥ 1: {_names(NAMING)}")
    return None if kinds == EXACT_EVIDENCE else kinds


def _weights(raw: Sequence[EvidenceWeight] | None, reading: Reading) -> tuple[EvidenceWeight, ...]:
    """Factors by kind, each kind once; those that change nothing are left out."""
    seen: set[EvidenceKind] = set()
    read = _number(0.0, HIGHEST_WEIGHT)
    for place, each in enumerate(raw or ()):
        here = reading.at(str(place))
        read(each.agree, here.at("agree"))
        read(each.disagree, here.at("disagree"))
        if each.kind in seen:
            here.at("kind").refuse(FieldFault.DUPLICATE)
        seen.add(each.kind)
    order = list(EvidenceKind)
    changing = (each for each in raw or () if (each.agree, each.disagree) != (1.0, 1.0))
    return tuple(sorted(changing, key=lambda each: order.index(each.kind)))


def _names(kinds: frozenset[EvidenceKind]) -> str:
    return ", ".join(sorted(each.name for each in kinds))


_RULES: dict[str, Rule] = {
    "auto_select": _auto_select,
    "threshold": _number(-20.0, 20.0),
    "confident_threshold": _number(10.0, 60.0),
    "confident_margin": _number(4.0, 40.0),
    "exact_evidence": _exact_evidence,
    "weights": _weights,
    "default_country": required(country),
}
