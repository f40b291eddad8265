"""Where the labelled sets come from, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.quality.model import LabelledSet
from bench.quality.sets.crm import load_crm
from bench.quality.sets.febrl import FEBRL
from bench.quality.sets.files import Files, load_files
from bench.quality.sets.folder import load_fodors_zagats, load_historical

NAMES = "name_bench"
_FOLDERS: Mapping[str, Callable[[Path], LabelledSet]] = {
    "fodors_zagats": load_fodors_zagats,
    "historical": load_historical,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where sets may come from: the size of the CRM, a folder of public sets, somebody's own files."""

    accounts: int
    privates: int | None
    leads: int
    seed: int
    data: Path | None
    files: Files | None

    def loaders(self) -> dict[str, Callable[[], LabelledSet]]:
        """What loads each set that there is, by name."""
        if self.files is not None:
            return {"files": partial(load_files, self.files)}
        crm = partial(load_crm, accounts=self.accounts, privates=self.privates, count=self.leads, seed=self.seed)
        found: dict[str, Callable[[], LabelledSet]] = {**FEBRL, "crm": crm}
        for name, load in _FOLDERS.items():
            if self.data is not None and (self.data / name).is_dir():
                found[name] = partial(load, self.data / name)
        return found

    def names_folder(self) -> Path | None:
        """Where the pairs of names are, if they are there."""
        folder = None if self.data is None or self.files is not None else self.data / NAMES
        return folder if folder is not None and folder.is_dir() else None

    def names(self) -> list[str]:
        """The names of all sets that there are, the pairs of names among them."""
        return list(self.loaders()) + [NAMES] * (self.names_folder() is not None)
