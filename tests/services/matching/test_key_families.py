"""Every key of a lead can be named, and every name has its texts."""

from datetime import date

import pytest

from domain.key_texts import KEY_FAMILIES
from domain.records import Lead
from services.matching.documents import lead_document
from services.matching.hashes import hash_of
from services.matching.key_families import named_lead_keys
from services.matching.keys import lead_keys, second_tier_keys
from tests.services.matching.examples import lead
from tests.services.matching.test_field_cases import MATCHES, NOT_EXACT

RICH = lead(
    company="Advanced Müller Hochbau Dresden GmbH",
    vat_id="DE136695976",
    website="mueller-bau.de",
    first_name="Karl-Heinz",
    last_name="von Sommerfeld",
    born=date(1980, 5, 17),
    mail=["karl.leyen@mueller-bau.de", "karl.leyen@gmx.de"],
    phone=["0351 123456", "0172 1234567"],
    at="Hauptstraße 5, 01067 Dresden",
)
LEADS = {"a full one": RICH, **{name: case.lead for name, case in (MATCHES | NOT_EXACT).items()}}


@pytest.mark.parametrize("name", LEADS)
def test_every_key_of_a_lead_is_named(name: str) -> None:
    """The named keys are those that the lead is looked up by, and each name leads to its hash."""
    document = lead_document(LEADS[name], "DE")

    named = named_lead_keys(document)

    for tier, keys in ((1, lead_keys(document)), (2, second_tier_keys(document))):
        found = [(each.hash, each.group, each.is_strong) for each in named if each.tier == tier]
        assert found == [(each.hash, each.group, each.is_strong) for each in keys]
    assert all(hash_of(each.family, each.value) == each.hash for each in named)


def test_every_family_has_its_texts() -> None:
    """A full lead has keys of every family, so a new one fails here until it is described."""
    families = {each.family for each in named_lead_keys(lead_document(RICH, "DE"))}

    assert families == set(KEY_FAMILIES)
    assert all(english != german for english, german in KEY_FAMILIES.values())


def test_a_private_person_has_no_keys_of_a_company() -> None:
    """Only what says who the person is brings records up."""
    private: Lead = lead(first_name="Eva", last_name="Lohse", phone=["0351 123456"])

    families = {each.family for each in named_lead_keys(lead_document(private, "DE"))}

    assert families & {"company", "joined", "name+company"} == set()
    assert "names" in families
