"""One batch per look-up and operation: keys that are asked for in the same turn of the loop are read together."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

K = TypeVar("K")
V = TypeVar("V")
MAX_BATCH = 5_000
"""Databases take a limited number of parameters in one statement."""


class Loaders:
    """The loaders of one operation, made when they are first needed.

    A mutation clears them all, so that what is selected below the next one is read afresh.
    """

    def __init__(self) -> None:
        self._loaders: dict[Callable[..., Any], DataLoader[Any, Any]] = {}

    def load(self, name: Callable[..., Any], read: Callable[[list[K]], Awaitable[Sequence[V]]], key: K) -> Awaitable[V]:
        """The value of one key, read by ``read`` with all other keys of this turn; ``name`` tells loaders apart.

        An ``await`` before the call would let the turn pass, and every key would be read alone.
        """
        loader = self._loaders.get(name)
        if loader is None:
            loader = self._loaders[name] = DataLoader(read, max_batch_size=MAX_BATCH)
        return loader.load(key)

    def clear(self) -> None:
        """Forget everything that was read."""
        self._loaders.clear()
