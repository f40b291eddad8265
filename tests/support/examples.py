"""The examples of a page: its blocks of code, and answers held against those that it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_BLOCK = re.compile(r"^```(?P<language>\w*)(?: (?P<role>[^\n]*))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_ID = re.compile(r"[a-z]+_h[a-z2-7]+")
_CURSOR = re.compile(r"Wy[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of code. ``role`` is what stands behind the language: a file's name, or what the JSON is."""

    language: str
    role: str
    text: str
    line: int


def read_blocks(page: str) -> list[Block]:
    """The blocks of a page, in their order."""
    return [
        Block(
            language=found["language"],
            role=found["role"] or "",
            text=found["text"],
            line=page.count("\n", 0, found.start()) + 1,
        )
        for found in _BLOCK.finditer(page)
    ]


def program(blocks: list[Block], language: str) -> str:
    """All blocks of one language, which make up one program."""
    return "\n".join(each.text for each in blocks if each.language == language)


def write_files(blocks: list[Block], folder: Path) -> None:
    """Write the blocks that are named like files with a folder."""
    for block in blocks:
        if "/" in block.role:
            path = folder / block.role
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Names:
    """What ids and cursors that a page shows are called in the data at hand: by the first answer that has them."""

    real: dict[str, str] = field(default_factory=dict)

    def translate(self, text: str) -> str:
        """The text with the ids of the data at hand."""
        for shown, real in self.real.items():
            text = text.replace(shown, real)
        return text

    def differences(self, shown: Any, real: Any, place: str = "answer") -> Iterator[str]:  # noqa: ANN401
        """Where an answer is not as it is shown. Of numbers with fractions, which the data decide, any will do."""
        if isinstance(shown, dict) and isinstance(real, dict) and shown.keys() == real.keys():
            for key, value in shown.items():
                yield from self.differences(value, real[key], f"{place}.{key}")
        elif isinstance(shown, list) and isinstance(real, list) and len(shown) == len(real):
            for index, (one, other) in enumerate(zip(shown, real, strict=True)):
                yield from self.differences(one, other, f"{place}[{index}]")
        elif not self._is_same(shown, real):
            yield f"{place}: shown {shown!r}, answered {real!r}"

    def _is_same(self, shown: object, real: object) -> bool:
        if isinstance(shown, float) and isinstance(real, float):
            return True
        if isinstance(shown, str) and isinstance(real, str) and (_ID.fullmatch(shown) or _CURSOR.fullmatch(shown)):
            return self.real.setdefault(shown, real) == real
        return shown == real
