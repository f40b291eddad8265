"""Blocks of a Markdown page that are written by the machine, between two comments each."""

import re
from collections.abc import Mapping

_BLOCK = re.compile(r"(<!-- measured: (?P<name>[a-z]+) -->\n).*?(<!-- /measured -->)", re.DOTALL)


def read_blocks(page: str) -> dict[str, str]:
    """What is between the comments, by the name that the first one gives; empty where nothing was measured yet."""
    return {found["name"]: found[0][len(found[1]) : -len(found[3])].strip() for found in _BLOCK.finditer(page)}


def write_blocks(page: str, blocks: Mapping[str, str]) -> str:
    """The page with other blocks. Raises ``ValueError`` if it has not exactly these."""
    there = sorted(read_blocks(page))
    if there != sorted(blocks):
        raise ValueError(f"the page has the blocks {there}, not {sorted(blocks)}")
    return _BLOCK.sub(lambda found: f"{found[1]}{_between(blocks[found['name']])}{found[3]}", page)


def _between(block: str) -> str:
    return f"\n{block}\n\n" if block else ""
