"""What a service refused, in a form that tests compare."""

from collections.abc import Awaitable

import pytest

from domain.problems import InvalidField, Problem, Refused


async def refusal(call: Awaitable[object]) -> tuple[Problem, ...]:
    """The problems that a call is refused with; the test fails if it is not."""
    with pytest.raises(Refused) as refused:
        await call
    problems: tuple[Problem, ...] = refused.value.problems
    return problems


async def faults(call: Awaitable[object]) -> dict[str, str]:
    """The problems of a refused call by dotted path: the fault of a field, else the code."""
    return {
        ".".join(each.path): (each.fault.value if isinstance(each, InvalidField) else each.code.value)
        for each in await refusal(call)
    }
