"""Ranks and verdicts: what a list of scores means."""

from dataclasses import replace

import pytest

from domain.matches import Band, Evidence, EvidenceCode, EvidenceKind, Verdict
from domain.records import Account
from services.matching import documents
from services.matching.rank import Scored, has_match, rank_accounts, rank_contacts
from services.matching.score import Score
from services.matching.settings import DEFAULT_SETTINGS
from tests.services.matching.examples import account, emails, lead

LEAD = documents.lead_document(lead(company="Lohse Bau"), "DE")
PRIVATE = documents.lead_document(lead(last_name="Lohse"), "DE")


def scored(record_id: int, bits: float, *, is_exact: bool = False, account_id: int | None = None) -> Scored:
    """A record with a score but no evidence."""
    return Scored(record_id, 3, Score(bits, (), is_exact), LEAD.company, account_id)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ([], Verdict.NONE),
        ([scored(1, DEFAULT_SETTINGS.threshold - 0.1)], Verdict.NONE),
        ([scored(1, DEFAULT_SETTINGS.threshold)], Verdict.SIMILAR),
        ([scored(1, 9.0, is_exact=True), scored(2, 30.0)], Verdict.EXACT),
        ([scored(1, 9.0, is_exact=True), scored(2, 9.0, is_exact=True)], Verdict.SEVERAL_EXACT),
        ([scored(1, -50.0, is_exact=True)], Verdict.EXACT),
    ],
)
def test_verdicts(given: list[Scored], verdict: Verdict) -> None:
    """One 100 % match, several, similar ones, or none; a 100 % match needs no score."""
    assert rank_accounts(LEAD, given).verdict is verdict
    assert has_match(given) is (verdict is not Verdict.NONE)


def test_the_best_ten_come_first() -> None:
    """Exact before similar, then by bits, ties by id, at most ten, ranks from 1."""
    given = [scored(number, float(number % 4)) for number in range(20, 0, -1)]

    matches = rank_accounts(LEAD, [*given, scored(99, 1.0, is_exact=True)], snapshot=7)

    assert [each.record_id for each in matches.candidates] == [99, 3, 7, 11, 15, 19, 2, 6, 10, 14]
    assert [each.rank for each in matches.candidates] == list(range(1, 11))
    assert matches.candidates[0].band is Band.EXACT
    assert matches.candidates[1].band is Band.SIMILAR
    assert {each.record_version for each in matches.candidates} == {3}
    assert matches.snapshot == 7


def test_a_private_person_gets_no_accounts() -> None:
    """Whatever was scored."""
    matches = rank_accounts(PRIVATE, [scored(1, 40.0, is_exact=True)])

    assert (matches.verdict, matches.candidates) == (Verdict.PRIVATE_PERSON, ())


def test_contacts_of_the_chosen_account_come_first_on_equal_evidence() -> None:
    """More evidence still wins."""
    given = [scored(1, 5.0, account_id=8), scored(2, 5.0, account_id=9), scored(3, 6.0, account_id=8)]

    assert [each.record_id for each in rank_contacts(LEAD, given, chosen_account_id=9).candidates] == [3, 2, 1]
    assert [each.record_id for each in rank_contacts(LEAD, given).candidates] == [3, 1, 2]


def test_what_is_exact_only_for_being_less_known_is_similar() -> None:
    """Of two sites of one company the lead agrees with both by name and domain; one contradicts by its phone only
    because its phone is known.
    """
    name = Evidence(kind=EvidenceKind.NAME, code=EvidenceCode.NAME_EQUAL, bits=15.0)
    domain = Evidence(kind=EvidenceKind.DOMAIN, code=EvidenceCode.DOMAIN_EQUAL, bits=11.0)
    phone = Evidence(kind=EvidenceKind.PHONE, code=EvidenceCode.PHONE_SAME_TRUNK, bits=8.0)
    bare = Scored(1, 1, Score(26.0, (name, domain), is_exact=True), LEAD.company)
    known = Scored(2, 1, Score(34.0, (name, domain, phone), is_exact=False), LEAD.company)
    other = Scored(3, 1, Score(15.0, (name,), is_exact=False), LEAD.company)

    doubtful, clear = rank_accounts(LEAD, [bare, known]), rank_accounts(LEAD, [bare, other])

    assert (doubtful.verdict, [each.record_id for each in doubtful.candidates]) == (Verdict.SIMILAR, [2, 1])
    assert clear.verdict is Verdict.EXACT


HERE = account("Lohse Bau", mail=["info@lohse-bau.de"], phone=["0351 4455"], at="Elbweg 4, 01097 Dresden")
THERE = account("Lohse Bau", record_id=2, phone=["0341 887766"], at="Ringstraße 12, 04109 Leipzig")
STRANGER = replace(THERE, emails=emails("mail@lohse-leipzig.de"))


@pytest.mark.parametrize(
    ("place", "phone", "other", "verdict"),
    [
        (None, [], THERE, Verdict.SIMILAR),
        (None, ["0171 2334455"], THERE, Verdict.SIMILAR),
        ("Elbweg 4, 01097 Dresden", [], THERE, Verdict.EXACT),
        (", 01097 Dresden", [], THERE, Verdict.EXACT),
        (None, ["0351 4455"], THERE, Verdict.EXACT),
        (None, [], STRANGER, Verdict.EXACT),
        (None, [], replace(THERE, address=HERE.address), Verdict.EXACT),
    ],
)
def test_a_site_is_exact_only_for_a_lead_that_tells_it(
    place: str | None, phone: list[str], other: Account, verdict: Verdict
) -> None:
    """Where the e-mail address of a company stands at one of its sites, a lead that tells neither place nor line of it
    may be the other's; a company of another domain is no site.
    """
    asked = documents.lead_document(lead(company="Lohse Bau", mail=["info@lohse-bau.de"], phone=phone, at=place), "DE")
    given = [
        Scored(1, 1, Score(35.0, (), is_exact=True), documents.account_document(HERE, "DE")),
        Scored(2, 1, Score(15.0, (), is_exact=False), documents.account_document(other, "DE")),
    ]

    assert rank_accounts(asked, given).verdict is verdict


@pytest.mark.parametrize(("place", "band"), [(None, Band.SIMILAR), ("Elbweg 4, 01097 Dresden", Band.CONFIDENT)])
def test_a_site_is_confident_only_for_a_lead_that_tells_it(place: str | None, band: Band) -> None:
    """However high the score of name and e-mail address."""
    asked = documents.lead_document(lead(company="Lohse Bau", mail=["info@lohse-bau.de"], at=place), "DE")
    name = Evidence(kind=EvidenceKind.NAME, code=EvidenceCode.NAME_EQUAL, bits=25.0)
    mail = Evidence(kind=EvidenceKind.EMAIL, code=EvidenceCode.EMAIL_EQUAL, bits=20.0)
    given = [
        Scored(1, 1, Score(45.0, (name, mail), is_exact=False), documents.account_document(HERE, "DE")),
        Scored(2, 1, Score(5.0, (name,), is_exact=False), documents.account_document(THERE, "DE")),
    ]

    assert rank_accounts(asked, given).candidates[0].band is band


def test_of_several_exact_sites_the_user_decides() -> None:
    """A third site that the lead does not rule out makes neither of the two the only one."""
    asked = documents.lead_document(lead(company="Lohse Bau", mail=["info@lohse-bau.de"]), "DE")
    given = [
        Scored(1, 1, Score(35.0, (), is_exact=True), documents.account_document(HERE, "DE")),
        Scored(2, 1, Score(15.0, (), is_exact=False), documents.account_document(THERE, "DE")),
        Scored(3, 1, Score(35.0, (), is_exact=True), documents.account_document(replace(HERE, address=None), "DE")),
    ]

    assert rank_accounts(asked, given).verdict is Verdict.SEVERAL_EXACT


def test_another_extension_of_a_site_speaks_for_it() -> None:
    """The lead's line is one of the other site's switchboard: the one with the e-mail address is not sure."""
    asked = documents.lead_document(lead(company="Lohse Bau", mail=["info@lohse-bau.de"], phone=["0341 887799"]), "DE")
    trunk = Evidence(kind=EvidenceKind.PHONE, code=EvidenceCode.PHONE_SAME_TRUNK, bits=8.0)
    given = [
        Scored(1, 1, Score(35.0, (), is_exact=True), documents.account_document(replace(HERE, phones=()), "DE")),
        Scored(2, 1, Score(23.0, (trunk,), is_exact=False), documents.account_document(THERE, "DE")),
    ]

    assert rank_accounts(asked, given).verdict is Verdict.SIMILAR
