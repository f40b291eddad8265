"""Loaders: what is asked for in one turn is read at once, and forgotten after a mutation."""

import asyncio
from collections.abc import Sequence

from resolvers.loaders import Loaders


class _Shelf:
    """Something to read from, which notes how it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    async def read(self, keys: Sequence[int]) -> list[str]:
        """The values, in the order of the keys."""
        self.asked.append(list(keys))
        return [f"book {key}" for key in keys]


async def test_keys_of_one_turn_are_read_together() -> None:
    """Each key once, whoever asks for it."""
    shelf, loaders = _Shelf(), Loaders()
    values = await asyncio.gather(*(loaders.load(_Shelf.read, shelf.read, key) for key in (1, 2, 1, 3)))

    assert values == ["book 1", "book 2", "book 1", "book 3"]
    assert shelf.asked == [[1, 2, 3]]


async def test_an_await_before_the_key_would_read_alone() -> None:
    """Trap 1: why resolvers return the loader's future instead of awaiting anything before."""
    shelf, loaders = _Shelf(), Loaders()

    async def late(key: int) -> str:
        for _ in range(key * 5):
            await asyncio.sleep(0)
        return await loaders.load(_Shelf.read, shelf.read, key)

    await asyncio.gather(late(1), late(2))

    assert shelf.asked == [[1], [2]]


async def test_a_value_is_read_once_until_it_is_forgotten() -> None:
    """The same key is answered from memory; after clearing it is read again."""
    shelf, loaders = _Shelf(), Loaders()
    await loaders.load(_Shelf.read, shelf.read, 1)
    await loaders.load(_Shelf.read, shelf.read, 1)
    loaders.clear()
    await loaders.load(_Shelf.read, shelf.read, 1)

    assert shelf.asked == [[1], [1]]
