"""Reads the word tables in ``data/`` and draws from them."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from random import Random

DATA = Path(__file__).with_name("data")

Words = tuple[str, ...]


def read_words(name: str) -> dict[str, dict[str, Words]]:
    """The tables of ``data/<name>.toml``: section, key, words (written there as one text with commas)."""
    document: dict[str, dict[str, str]] = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return {section: {key: _split(text) for key, text in entries.items()} for section, entries in document.items()}


def _split(text: str) -> Words:
    words = (" ".join(word.split()) for word in text.split(","))
    return tuple(word for word in words if word)


def pick(rng: Random, ranked: Sequence[str]) -> str:
    """Draw one; the first are drawn more often than the last, as it is with names and places."""
    return ranked[int(len(ranked) * rng.random() ** 1.7)]
