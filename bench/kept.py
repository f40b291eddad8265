"""What a database that is kept for later runs was made by: it is taken again only if that is the same."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import bench.crm
import services.matching

_ROOT = Path(services.matching.__file__).parents[2]
_GENERATOR = Path(bench.crm.__file__).parent
_WRITTEN_BY = (
    "services/matching/*.py",
    "services/index*.py",
    "services/search_words.py",
    "db/migrations/versions/*.py",
)
"""The code that decides what a database holds."""
_NOT_WRITTEN_BY = (
    "compare_",
    "confident",
    "diff",
    "estimate_",
    "exact",
    "rank",
    "rarity",
    "score",
    "settings",
    "sites",
    "weights",
)
"""How file names of the code begin that only compares: a database that was kept stays good when it changes."""


def digest_of_code(*parts: str) -> str:
    """Twelve hexadecimal digits of the code that writes records and their index, and of what else is told."""
    found = (path for pattern in _WRITTEN_BY for path in sorted(_ROOT.glob(pattern)))
    return _digest(parts, (path for path in found if not path.name.startswith(_NOT_WRITTEN_BY)))


def digest_of_generator() -> str:
    """The same of what generates the CRM, its lists of names among it."""
    return _digest((), _files_of_generator())


def _files_of_generator() -> Iterator[Path]:
    return (path for path in sorted(_GENERATOR.rglob("*.*")) if path.suffix in {".py", ".toml", ".csv"})


def _digest(parts: Iterable[str], files: Iterable[Path]) -> str:
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=6)
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def folder_of_crm(folder: Path, engine: str, companies: int, seed: int) -> Path:
    """Where the generated CRM of so many companies is kept, as today's code makes it."""
    return folder / f"{engine}-{companies}-{seed}-{digest_of_code(digest_of_generator())}"
