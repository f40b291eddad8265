"""Levels: how two records compare, by the product's own comparing."""

from datetime import date

import pytest

from domain.records import Account, Contact
from services.matching.compare_reach import compare_emails, compare_phones
from services.matching.documents import account_document, contact_document
from services.matching.estimate_blocks import ACCOUNT_BLOCKS, CONTACT_BLOCKS
from services.matching.estimate_levels import ACCOUNT_DETAILS, CONTACT_DETAILS, MISSING, pattern_of
from services.matching.keys import account_keys, contact_keys, second_tier_keys
from services.matching.model import Statistics
from services.matching.rarity import Rarity
from services.matching.settings import DEFAULT_SETTINGS
from services.matching.weights import WEIGHT_NAMES, by_name
from tests.services.matching.examples import account, contact

RARITY = Rarity(Statistics(accounts=10_000, contacts=10_000), DEFAULT_SETTINGS)
WEIGHTS = by_name(DEFAULT_SETTINGS.weights)


def levels_of_contacts(one: Contact, other: Contact, *, is_as_scored: bool = True) -> dict[str, str]:
    """The level of each detail that both have."""
    documents = [contact_document(each, "DE") for each in (one, other)]
    pattern = pattern_of(documents[0], documents[1], CONTACT_DETAILS, RARITY, is_as_scored=is_as_scored)
    pairs = zip(CONTACT_DETAILS, pattern, strict=True)
    return {detail.name: detail.levels[level] for detail, level in pairs if level != MISSING}


def levels_of_accounts(one: Account, other: Account) -> dict[str, str]:
    """The level of each detail that both have."""
    documents = [account_document(each, "DE") for each in (one, other)]
    pattern = pattern_of(documents[0], documents[1], ACCOUNT_DETAILS, RARITY, is_as_scored=True)
    pairs = zip(ACCOUNT_DETAILS, pattern, strict=True)
    return {detail.name: detail.levels[level] for detail, level in pairs if level != MISSING}


@pytest.mark.parametrize(
    ("one", "other", "email", "phone"),
    [
        ("eva.lohse@lohse.de", "eva.lohse@lohse.de", "email.agree", "phone.agree"),
        ("info@lohse.de", "info@lohse.de", "email_of_function", "phone_same_trunk"),
        ("sternchen77@web.de", "sternchen77@gmx.de", "email_same_mailbox", "phone.disagree"),
        ("eva.lohse@lohse.de", "eva.lohse@gmx.de", "email_same_name", "phone.disagree"),
        ("eva.lohse@lohse.de", "paul@lohse.de", "colleague_domain", "phone.disagree"),
        ("eva.lohse@lohse.de", "paul@adler.de", "email.disagree", "phone.disagree"),
    ],
)
def test_a_level_is_the_weight_that_is_paid(one: str, other: str, email: str, phone: str) -> None:
    """What is estimated is what is scored: the comparison with the real weights pays the weight of the level."""
    number = {"phone.agree": "0351 1234567", "phone_same_trunk": "0351 1234588"}.get(phone, "0351 9988776")
    left = contact("Eva", "Lohse", mail=[one], phone=["0351 1234567"])
    right = contact("Eva", "Lohse", mail=[other], phone=[number])

    found = levels_of_contacts(left, right)

    assert (found["email"], found["phone"]) == (email, phone)
    documents = [contact_document(each, "DE") for each in (left, right)]
    paid = [compare(documents[0], documents[1], DEFAULT_SETTINGS) for compare in (compare_emails, compare_phones)]
    assert [each and each.bits for each in paid] == [WEIGHTS[email], WEIGHTS[phone]]


def test_a_detail_that_a_side_lacks_is_missing() -> None:
    """It speaks neither for nor against, and is counted nowhere."""
    born = date(1980, 5, 17)

    assert levels_of_contacts(contact("Eva", "Lohse", born=born), contact("Eva", "Lohse")) == {"name": "(equal)"}


def test_an_address_is_compared_whole_and_in_its_parts() -> None:
    """The whole tells true pairs, and its parts are what weights are for."""
    left = contact("Eva", "Lohse", at="Ringstraße 1, 01067 Dresden")
    right = contact("Evi", "Lose", at="Ringstr. 1, 01069 Dresden")

    found = levels_of_contacts(left, right)

    assert found["street"] == "street.agree"
    assert found["postcode"] == "(postcode similar)"
    assert (found["city"], found["house_number"]) == ("city.agree", "house_number.agree")
    assert {each.name for each in CONTACT_DETAILS if each.is_part} == set(found) - {"name", "address"} | {"region"}


def test_a_house_number_on_another_street_is_not_scored() -> None:
    """So it is left out, but of strangers, who are as rarely in one house on any street."""
    left = contact("Eva", "Lohse", at="Ringstraße 1, 01067 Dresden")
    right = contact("Eva", "Lohse", at="Am Markt 1, 01067 Dresden")

    assert "house_number" not in levels_of_contacts(left, right)
    assert levels_of_contacts(left, right, is_as_scored=False)["house_number"] == "house_number.agree"


def test_accounts_are_compared_by_what_companies_have() -> None:
    """Names without legal forms, the legal form, domain, VAT id."""
    left = account("Elbe Maschinenbau GmbH", vat_id="DE136695976", website="elbe.de")
    right = account("Elbe Maschinenbau AG", vat_id="DE136695976", website="elbe-bau.de")

    assert levels_of_accounts(left, right) == {
        "name": "(equal)",
        "domain": "domain.disagree",
        "vat_id": "vat_id.agree",
        "legal_form": "legal_form.disagree",
    }


def test_names_that_share_a_part_are_a_level_of_their_own() -> None:
    """As those of a family do; a typo is none."""
    eva = contact("Eva", "Lohsemann")

    assert levels_of_contacts(eva, contact("Eva", "Lohseman"))["name"] == "(similar)"
    assert levels_of_contacts(eva, contact("Hubertus", "Lohsemann"))["name"] in {"(in part)", "(different)"}


def test_levels_are_weights_or_in_brackets() -> None:
    """A level without brackets is a weight's name, and nothing else is."""
    every = [level for each in ACCOUNT_DETAILS for level in each.levels]
    every += [level for each in CONTACT_DETAILS for level in each.levels]

    assert {each for each in every if not each.startswith("(")} <= set(WEIGHT_NAMES)


def test_blocks_look_by_keys_of_the_index() -> None:
    """And leave only such details out as there are."""
    company = account_document(
        account(
            "Elbe Bau GmbH", vat_id="DE136695976", website="elbe.de", phone=["0351 123456"], at="Ring 1, 01067 Dresden"
        ),
        "DE",
    )
    person = contact_document(
        contact(
            "Eva", "Lohse", born=date(1980, 5, 17), mail=["e@gmx.de"], phone=["0351 1"], at="Ring 1, 01067 Dresden"
        ),
        "DE",
    )

    of_account = {each.hash for each in (*account_keys(company), *second_tier_keys(company))}
    of_contact = {each.hash for each in (*contact_keys(person, None), *second_tier_keys(person))}
    for block in ACCOUNT_BLOCKS:
        assert set(block.keys(company)) & of_account == set(block.keys(company)) != set()
        assert block.used <= {each.name for each in ACCOUNT_DETAILS}
    for each in CONTACT_BLOCKS:
        assert set(each.keys(person)) & of_contact == set(each.keys(person)) != set()
        assert each.used <= {detail.name for detail in CONTACT_DETAILS}
