"""Every message code has its texts, and they can be filled in."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import get_args

import pytest

from domain import texts
from domain.acceptance import AcceptLead, PlaceContact, StepKind
from domain.evidence_texts import EVIDENCE
from domain.explanation_texts import ABSENCES, EXACT_FAILURES, KEY_USES
from domain.explanations import Absence, ExactFailure, KeyUse
from domain.matches import Evidence, EvidenceCode, EvidenceKind
from domain.problems import (
    AlreadyAccepted,
    AssigneeInactive,
    CandidatesChanged,
    CaseNotOpen,
    DecisionsRemain,
    ExternalIdTaken,
    FieldFault,
    Forbidden,
    HeldByOther,
    IdempotencyKeyReused,
    InvalidField,
    NotFound,
    Problem,
    ProblemCode,
    RecordChanged,
    Stale,
    WrongLeadState,
)
from domain.records import Case, CaseStatus, Lead, LeadStatus, RecordKind, Role, User
from domain.values import Language

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEAD = Lead(tenant_id=1, id=1, type_id=1, received_at=NOW)
USER = User(
    tenant_id=1,
    id=2,
    name="Karin Albers",
    email="karin@example.com",
    language=Language.DE,
    roles=frozenset({Role.MANAGER}),
    is_active=True,
)
CASE = Case(
    tenant_id=1,
    id=3,
    number=77,
    type_id=1,
    account_id=1,
    contact_id=1,
    assignee_id=2,
    status=CaseStatus.WON,
    opened_at=NOW,
)
PATH = ("input", "lead", "emails", "1", "address")
PROBLEMS: dict[type[Problem], Problem] = {
    InvalidField: InvalidField(path=PATH, fault=FieldFault.TOO_LONG, detail="200"),
    NotFound: NotFound(path=PATH, what="Account"),
    Forbidden: Forbidden(path=PATH, needed=Role.MANAGER),
    Stale: Stale(path=PATH, current=LEAD, current_version=4),
    AlreadyAccepted: AlreadyAccepted(path=PATH, lead=LEAD, by=USER),
    WrongLeadState: WrongLeadState(path=PATH, lead=LEAD, status=LeadStatus.REJECTED, action="acceptLead"),
    HeldByOther: HeldByOther(path=PATH, lead=LEAD, holder=USER),
    DecisionsRemain: DecisionsRemain(
        path=PATH,
        lead=LEAD,
        remaining=(AcceptLead(), PlaceContact(contact_id=1, current_account_id=1, chosen_account_id=None)),
    ),
    CandidatesChanged: CandidatesChanged(
        path=PATH, lead=LEAD, step=StepKind.ACCOUNT, kind=RecordKind.ACCOUNT, record_ids=(1, 2)
    ),
    RecordChanged: RecordChanged(path=PATH, lead=LEAD, step=StepKind.CONTACT, current=None, fields=("emails",)),
    CaseNotOpen: CaseNotOpen(path=PATH, case=CASE),
    AssigneeInactive: AssigneeInactive(path=PATH, user=USER),
    IdempotencyKeyReused: IdempotencyKeyReused(path=PATH),
    ExternalIdTaken: ExternalIdTaken(path=PATH, record=LEAD),
}


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (EvidenceCode, EVIDENCE),
        (ProblemCode, texts.PROBLEMS),
        (FieldFault, texts.FAULTS),
        ((*LeadStatus, *CaseStatus), texts.STATUSES),
        (Role, texts.ROLES),
        (StepKind, texts.STEPS),
        (RecordKind, texts.KINDS),
        (Absence, ABSENCES),
        (ExactFailure, EXACT_FAILURES),
        (KeyUse, KEY_USES),
    ],
)
def test_no_code_is_without_its_text(codes: Iterable[Enum], table: Mapping[Enum, object]) -> None:
    """A new member of an enum fails here until it has its two texts."""
    assert set(table) == set(codes)


def test_every_problem_has_its_parts() -> None:
    """The kinds of problem, their codes and what fills their texts belong together one to one."""
    assert set(PROBLEMS) == set(get_args(Problem))
    assert {each.code for each in PROBLEMS} == set(ProblemCode)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=lambda each: each.code.value)
def test_every_problem_can_be_told_in_both_languages(problem: Problem, language: Language) -> None:
    """A problem's text is filled in completely and is a sentence."""
    text = texts.problem_text(problem, language)

    assert text.endswith(".")
    assert not {"{", "}"} & set(text)


@pytest.mark.parametrize("code", EvidenceCode)
def test_evidence_reads_differently_in_both_languages(code: EvidenceCode) -> None:
    """Each code has a German and an English text of its own."""
    evidence = Evidence(kind=EvidenceKind.NAME, code=code, bits=1.0)

    assert texts.evidence_text(evidence, Language.EN) != texts.evidence_text(evidence, Language.DE)


@pytest.mark.parametrize("table", [ABSENCES, EXACT_FAILURES, KEY_USES])
def test_explanations_read_differently_in_both_languages(table: Mapping[Enum, tuple[str, str]]) -> None:
    """No text was forgotten in one of them."""
    assert all(english != german for english, german in table.values())


def test_a_key_of_an_unknown_family_is_told_nevertheless() -> None:
    """An index of another release may have families that this one does not know."""
    assert texts.key_text("vat", Language.DE) == "Die USt-IdNr."
    assert texts.key_text("", Language.EN) == "Some detail in common"


@pytest.mark.parametrize(
    ("problem", "english", "german"),
    [
        (
            PROBLEMS[InvalidField],
            "address is too long (at most 200 characters).",
            "address ist zu lang (höchstens 200 Zeichen).",
        ),
        (
            InvalidField(path=("input", "phones", "1"), fault=FieldFault.BAD_PHONE),
            "phones 2 is not a phone number.",
            "phones 2 ist keine Telefonnummer.",
        ),
        (
            InvalidField(path=("input",), fault=FieldFault.BAD_VALUE, detail="a, b"),
            "input has a value that is not allowed (a, b).",
            "input hat einen unzulässigen Wert (a, b).",
        ),
        (PROBLEMS[AlreadyAccepted], "Karin Albers has already accepted this lead.", None),
        (PROBLEMS[DecisionsRemain], "There are decisions left to make: lead, contact.", None),
        (PROBLEMS[NotFound], "No account has this id.", "Keine Daten mit dieser ID: Konto."),
        (NotFound(path=PATH, what="Node"), "No Node has this id.", None),
    ],
)
def test_texts_name_the_field_and_the_way_out(problem: Problem, english: str, german: str | None) -> None:
    """The parts stand where they belong."""
    assert texts.problem_text(problem, Language.EN) == english
    assert german is None or texts.problem_text(problem, Language.DE) == german
