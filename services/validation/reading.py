"""Where a value is read, and what has been found wrong so far."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.drafts import UNSET
from domain.problems import FieldFault, InvalidField, Path, Problem
from domain.records import Tenant

_UNDERSCORE = re.compile(r"_([a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A place in an input. All places of one input share the list of problems, which grows as it is read.

    ``country`` is the tenant's default (for phone numbers), ``now`` the moment that dates are held against.
    """

    path: Path
    country: str
    now: datetime
    problems: list[Problem] = field(default_factory=list)

    def at(self, *steps: str) -> "Reading":
        """A place further inside."""
        # Not replace(), which would be a quarter of the time that it takes to check a record.
        return Reading(path=(*self.path, *steps), country=self.country, now=self.now, problems=self.problems)

    def refuse(self, fault: FieldFault, detail: str = "") -> None:
        """Name the value here as wrong."""
        self.problems.append(InvalidField(path=self.path, fault=fault, detail=detail))

    def has_problem_at(self, *steps: str) -> bool:
        """Whether something at a place inside, or further in, was found wrong."""
        inside = (*self.path, *steps)
        return any(each.path[: len(inside)] == inside for each in self.problems)


def start_reading(tenant: Tenant, now: datetime, *path: str) -> Reading:
    """A place to start from, with nothing found wrong."""
    return Reading(path=path, country=tenant.default_country, now=now)


Rule = Callable[[Any, Reading], Any]
"""Takes a raw value (None for none) to the stored one; what is wrong goes to the reading; then the result is void."""


def graphql_name(name: str) -> str:
    """The GraphQL name of a field of a dataclass: ``birth_date`` is ``birthDate``."""
    return _UNDERSCORE.sub(lambda found: found.group(1).upper(), name)


def read_fields(source: object, rules: Mapping[str, Rule], reading: Reading) -> dict[str, Any]:
    """The fields of a draft or patch by name, each read by its rule; ``UNSET`` and missing ones are left out."""
    given = ((name, getattr(source, name, UNSET)) for name in rules)
    return {name: rules[name](value, reading.at(graphql_name(name))) for name, value in given if value is not UNSET}


def required(rule: Rule) -> Rule:
    """The rule, for a field that must not be empty."""

    def read(raw: object, reading: Reading) -> object:
        value = rule(raw, reading)
        if value is None and not reading.has_problem_at():
            reading.refuse(FieldFault.REQUIRED)
        return value

    return read
