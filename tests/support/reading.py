"""Reading one value by one rule, as validation does it."""

from typing import Any

from domain.problems import FieldFault, InvalidField
from services.validation.reading import Reading, Rule
from tests.support.factories import NOW


def read(rule: Rule, raw: object) -> tuple[Any, list[tuple[FieldFault, str]]]:
    """What a rule makes of a raw value, and what it found wrong, as fault and detail."""
    reading = Reading(path=("input",), country="DE", now=NOW)
    value = rule(raw, reading)
    return value, [(each.fault, each.detail) for each in reading.problems if isinstance(each, InvalidField)]


def faults_at(reading: Reading) -> dict[str, FieldFault]:
    """What was found wrong, by the dotted path after where the reading started."""
    start = len(reading.path)
    return {".".join(each.path[start:]): each.fault for each in reading.problems if isinstance(each, InvalidField)}
