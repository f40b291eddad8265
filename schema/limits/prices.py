"""What a selection may cost: how many objects and values an answer holds if every list is full.

A page size may be a variable, so a price is a sum with gaps: what is known from the document, and what is to be
multiplied by a variable once its value has come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resolvers.pages import MAX_SIZE


@dataclass(frozen=True, slots=True)
class Variable:
    """A size that a variable says: a number, or a list that is as long."""

    name: str
    otherwise: int

    def size(self, values: Mapping[str, Any]) -> int:
        """The size with these values; what cannot be a size is refused later, and costs what it costs left out."""
        value = values.get(self.name)
        if isinstance(value, list):
            return len(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return page_size(value)
        return self.otherwise


@dataclass(frozen=True, slots=True)
class Price:
    """Objects and values, and what comes on top of them by variables."""

    nodes: int = 0
    cost: int = 0
    parts: tuple["Part", ...] = ()

    def __add__(self, other: "Price") -> "Price":
        """Both."""
        return Price(self.nodes + other.nodes, self.cost + other.cost, self.parts + other.parts)

    def times(self, size: "int | Variable") -> "Price":
        """As many of it as the size says."""
        if isinstance(size, Variable):
            return Price(parts=(Part(1, size, self),))
        parts = tuple(Part(each.factor * size, each.size, each.price) for each in self.parts)
        return Price(self.nodes * size, self.cost * size, parts)

    def paid(self, values: Mapping[str, Any]) -> "Price":
        """The price with these variables: without gaps."""
        total = Price(self.nodes, self.cost)
        for part in self.parts:
            total += part.price.paid(values).times(part.factor * part.size.size(values))
        return total


@dataclass(frozen=True, slots=True)
class Part:
    """A price that counts as often as a variable says, times a factor."""

    factor: int
    size: Variable
    price: Price


FREE = Price()


def page_size(asked: int) -> int:
    """The size of a page that is asked for; sizes out of bounds are refused later."""
    return min(max(asked, 1), MAX_SIZE)
