"""Why a pair is no 100 % match, and which kinds of evidence a tenant lets make one."""

import pytest

from domain.explanations import ExactFailure
from domain.matches import EvidenceKind
from domain.records import Account, Lead
from services.matching.documents import account_document, contact_document, lead_document
from services.matching.exact import is_exact_account, is_exact_contact, judge_account, judge_contact
from services.matching.settings import EXACT_EVIDENCE
from tests.services.matching.examples import account, contact, lead
from tests.services.matching.test_field_cases import EXACT, MATCHES, NOT_EXACT

DRESDEN = "Hauptstraße 5, 01067 Dresden"
CASES = {**MATCHES, **NOT_EXACT}


@pytest.mark.parametrize("name", CASES)
def test_the_reason_agrees_with_the_decision(name: str) -> None:
    """A pair has a failure exactly if it is no 100 % match, and each kind of detail says one thing."""
    case = CASES[name]
    given = lead_document(case.lead, case.country)
    if isinstance(case.record, Account):
        company = account_document(case.record, case.country)
        judgement, is_exact = judge_account(given, company), is_exact_account(given, company)
    else:
        person = contact_document(case.record, case.country)
        judgement, is_exact = judge_contact(given, person), is_exact_contact(given, person)

    assert (judgement.failure is None) is is_exact is (name in EXACT)
    said = [*judgement.agreeing, *judgement.contradicting, *judgement.silent]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("given", "record", "failure"),
    [
        (lead(company="Lohse", phone=["0351 1"]), account("Lohse", phone=["030 1"]), ExactFailure.TOO_LITTLE_AGREES),
        (lead(company="Lohse", at=DRESDEN), account("Quandt", at=DRESDEN), ExactFailure.CONTRADICTION),
        (
            lead(vat_id="DE136695976", phone=["0351 123456"], at=DRESDEN),
            account("Lohse", phone=["0351 123456"], at=DRESDEN),
            ExactFailure.NOTHING_NAMES,
        ),
        (lead(phone=["0351 123456"], at=DRESDEN), account("Lohse"), ExactFailure.PRIVATE_PERSON),
        (
            lead(company="Lohse", phone=["0351 123456"], at=DRESDEN),
            account("Lohse", phone=["0351 123456"], at=DRESDEN),
            None,
        ),
    ],
)
def test_the_failed_rule_is_named(given: Lead, record: Account, failure: ExactFailure | None) -> None:
    """Private person, contradiction, too little, or nothing that names: the one that keeps the pair from 100 %."""
    judgement = judge_account(lead_document(given, "DE"), account_document(record, "DE"))

    assert judgement.failure is failure


def test_only_the_kinds_that_count_make_a_match() -> None:
    """Where the phone does not count, name and phone are not enough; what does not count still contradicts."""
    given = lead_document(lead(first_name="Eva", last_name="Lohse", phone=["0351 123456"]), "DE")
    same = contact_document(contact("Eva", "Lohse", phone=["0351 123456"]), "DE")
    counting = EXACT_EVIDENCE - {EvidenceKind.PHONE}

    assert is_exact_contact(given, same)
    assert not is_exact_contact(given, same, counting)
    assert judge_contact(given, same, counting).failure is ExactFailure.TOO_LITTLE_AGREES

    mailed = lead_document(
        lead(first_name="Eva", last_name="Lohse", phone=["0351 123456"], mail=["eva@lohse.de"]), "DE"
    )
    other_phone = contact_document(contact("Eva", "Lohse", phone=["030 998877"], mail=["eva@lohse.de"]), "DE")
    assert judge_contact(mailed, other_phone, counting).contradicting == (EvidenceKind.PHONE,)
    assert not is_exact_contact(mailed, other_phone, counting)
