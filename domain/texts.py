"""The texts of all message codes, in German and English: what users read in problems and beside evidence.

Every member of the enums below has its texts in a table; a test counts them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.acceptance import StepKind
from domain.evidence_texts import EVIDENCE
from domain.explanation_texts import ABSENCES, EXACT_FAILURES, KEY_USES
from domain.explanations import Absence, ExactFailure, KeyUse
from domain.key_texts import KEY_FAMILIES, UNNAMED_KEY
from domain.matches import Evidence
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
    Path,
    Problem,
    ProblemCode,
    RecordChanged,
    Stale,
    WrongLeadState,
)
from domain.records import CaseStatus, LeadStatus, RecordKind, Role
from domain.values import Language


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both languages; ``{names}`` are filled in."""

    en: str
    de: str

    def fill(self, language: Language, **parts: object) -> str:
        """The message in one language, with its parts filled in."""
        return getattr(self, language.value).format(**parts)  # type: ignore[no-any-return]


FAULTS: Mapping[FieldFault, Text] = {
    FieldFault.REQUIRED: Text("{field} is required", "{field} fehlt"),
    FieldFault.TOO_LONG: Text("{field} is too long", "{field} ist zu lang"),
    FieldFault.TOO_MANY: Text("{field} has too many entries", "{field} hat zu viele Einträge"),
    FieldFault.BAD_EMAIL: Text("{field} is not an e-mail address", "{field} ist keine E-Mail-Adresse"),
    FieldFault.BAD_PHONE: Text("{field} is not a phone number", "{field} ist keine Telefonnummer"),
    FieldFault.BAD_DATE: Text("{field} is not a possible date", "{field} ist kein mögliches Datum"),
    FieldFault.BAD_COUNTRY: Text(
        "{field} is not a two-letter country code such as DE",
        "{field} ist kein Ländercode aus zwei Buchstaben wie DE",
    ),
    FieldFault.BAD_TEXT: Text(
        "{field} contains characters that cannot be stored", "{field} enthält Zeichen, die sich nicht speichern lassen"
    ),
    FieldFault.BAD_ID: Text("{field} is not an id of the right kind", "{field} ist keine ID der richtigen Art"),
    FieldFault.BAD_VALUE: Text("{field} has a value that is not allowed", "{field} hat einen unzulässigen Wert"),
    FieldFault.SEVERAL_PRIMARY: Text(
        "{field} may have only one primary entry", "{field} darf nur einen primären Eintrag haben"
    ),
    FieldFault.DUPLICATE: Text("{field} is given twice", "{field} ist doppelt angegeben"),
    FieldFault.NOT_ALLOWED: Text("{field} cannot be given here", "{field} ist hier nicht möglich"),
    FieldFault.TAKE_OR_VALUE: Text(
        "{field} needs either a side to take or a value of its own, not both",
        "{field} braucht entweder eine Seite oder einen eigenen Wert, nicht beides",
    ),
}

DETAILS: Mapping[FieldFault, Text] = {
    FieldFault.TOO_LONG: Text(" (at most {detail} characters)", " (höchstens {detail} Zeichen)"),
    FieldFault.TOO_MANY: Text(" (at most {detail})", " (höchstens {detail})"),
}
"""How the detail of a fault is added; the others have it in brackets."""

PROBLEMS: Mapping[ProblemCode, Text] = {
    ProblemCode.INVALID_FIELD: Text("{fault}.", "{fault}."),
    ProblemCode.NOT_FOUND: Text("No {what} has this id.", "Keine Daten mit dieser ID: {what}."),
    ProblemCode.FORBIDDEN: Text(
        "Only a user with the role of {role} may do this.", "Das darf nur ein Benutzer mit der Rolle {role}."
    ),
    ProblemCode.STALE: Text(
        "It was changed meanwhile and is at version {version} now; look at it again.",
        "Der Datensatz wurde inzwischen geändert und hat jetzt Version {version}; bitte neu ansehen.",
    ),
    ProblemCode.ALREADY_ACCEPTED: Text(
        "{name} has already accepted this lead.", "{name} hat diesen Lead bereits angenommen."
    ),
    ProblemCode.WRONG_LEAD_STATE: Text(
        "This is not possible for a lead that is {status}.", "Das ist nicht möglich, solange der Lead {status} ist."
    ),
    ProblemCode.HELD_BY_OTHER: Text(
        "{name} is working on this acceptance; a manager can hand it over.",
        "{name} bearbeitet diese Annahme; eine Führungskraft kann sie übergeben.",
    ),
    ProblemCode.DECISIONS_REMAIN: Text(
        "There are decisions left to make: {steps}.", "Es sind noch Entscheidungen offen: {steps}."
    ),
    ProblemCode.CANDIDATES_CHANGED: Text(
        "Similar records have appeared meanwhile ({step}, {count}); decide again, or confirm that you have seen them.",
        "Inzwischen gibt es ähnliche Datensätze ({step}, {count}); bitte neu entscheiden oder als gesehen bestätigen.",
    ),
    ProblemCode.RECORD_CHANGED: Text(
        "The chosen record was changed since you decided ({step}); decide again.",
        "Der gewählte Datensatz wurde seit der Entscheidung geändert ({step}); bitte neu entscheiden.",
    ),
    ProblemCode.CASE_NOT_OPEN: Text(
        "Case {number} is closed; only an open case takes leads or can be closed.",
        "Vorgang {number} ist geschlossen; nur ein offener Vorgang nimmt Leads auf oder kann geschlossen werden.",
    ),
    ProblemCode.ASSIGNEE_INACTIVE: Text(
        "{name} is not active any more; choose somebody else.",
        "{name} ist nicht mehr aktiv; bitte jemand anderen wählen.",
    ),
    ProblemCode.IDEMPOTENCY_KEY_REUSED: Text(
        "This idempotency key was already used with other input; use a new one.",
        "Dieser Idempotenzschlüssel wurde schon mit anderer Eingabe verwendet; bitte einen neuen verwenden.",
    ),
    ProblemCode.EXTERNAL_ID_TAKEN: Text(
        "Another record already has this external id.", "Ein anderer Datensatz hat diese externe ID bereits."
    ),
}

STATUSES: Mapping[LeadStatus | CaseStatus, Text] = {
    LeadStatus.NEW: Text("new", "neu"),
    LeadStatus.ACCEPTED: Text("accepted", "angenommen"),
    LeadStatus.CONVERTED: Text("converted", "umgewandelt"),
    LeadStatus.REJECTED: Text("rejected", "abgelehnt"),
    LeadStatus.EXPIRED: Text("expired", "abgelaufen"),
    CaseStatus.OPEN: Text("open", "offen"),
    CaseStatus.WON: Text("won", "gewonnen"),
    CaseStatus.LOST: Text("lost", "verloren"),
}
ROLES: Mapping[Role, Text] = {
    Role.AGENT: Text("agent", "Vertrieb"),
    Role.MANAGER: Text("manager", "Führungskraft"),
    Role.ADMIN: Text("administrator", "Administration"),
}
STEPS: Mapping[StepKind, Text] = {
    StepKind.LEAD: Text("lead", "Lead"),
    StepKind.ACCOUNT: Text("account", "Konto"),
    StepKind.CONTACT: Text("contact", "Kontakt"),
    StepKind.CASE: Text("case", "Vorgang"),
}
KINDS: Mapping[RecordKind, Text] = {
    RecordKind.LEAD: Text("lead", "Lead"),
    RecordKind.ACCOUNT: Text("account", "Konto"),
    RecordKind.CONTACT: Text("contact", "Kontakt"),
    RecordKind.CASE: Text("case", "Vorgang"),
    RecordKind.TENANT: Text("tenant", "Mandant"),
}
_TYPES: Mapping[str, Text] = {
    "Lead": KINDS[RecordKind.LEAD],
    "Account": KINDS[RecordKind.ACCOUNT],
    "Contact": KINDS[RecordKind.CONTACT],
    "Case": KINDS[RecordKind.CASE],
    "User": Text("user", "Benutzer"),
    "LeadType": Text("lead type", "Leadtyp"),
    "CaseType": Text("case type", "Vorgangstyp"),
    "RejectReason": Text("reason for rejecting", "Ablehnungsgrund"),
}


def problem_text(problem: Problem, language: Language) -> str:
    """What a user reads about a problem."""
    return PROBLEMS[problem.code].fill(language, **_PARTS[type(problem)](problem, language))


def evidence_text(evidence: Evidence, language: Language) -> str:
    """What a user reads about a piece of evidence; the two values are shown beside it."""
    return _in(language, EVIDENCE[evidence.code])


def absence_text(absence: Absence, language: Language) -> str:
    """What a user reads about why a record is no candidate."""
    return _in(language, ABSENCES[absence])


def exact_failure_text(failure: ExactFailure, language: Language) -> str:
    """What a user reads about why a pair is no 100 % match."""
    return _in(language, EXACT_FAILURES[failure])


def key_text(family: str, language: Language) -> str:
    """What a user reads about what a key is made of."""
    return _in(language, KEY_FAMILIES.get(family, UNNAMED_KEY))


def key_use_text(use: KeyUse, language: Language) -> str:
    """What a user reads about what became of a key."""
    return _in(language, KEY_USES[use])


def _in(language: Language, texts: tuple[str, str]) -> str:
    english, german = texts
    return german if language is Language.DE else english


def _field(path: Path) -> str:
    """The input field at the end of a path, with the number of its entry counted from 1: ``emails 2``."""
    names = [part for part in path if not part.isdigit()]
    name = names[-1] if names else "input"
    is_entry = len(path) > 1 and path[-1].isdigit()
    return f"{name} {int(path[-1]) + 1}" if is_entry else name


def _fault(problem: InvalidField, language: Language) -> str:
    text = FAULTS[problem.fault].fill(language, field=_field(problem.path))
    if not problem.detail:
        return text
    detail = DETAILS.get(problem.fault, Text(" ({detail})", " ({detail})"))
    return text + detail.fill(language, detail=problem.detail)


def _type_name(what: str, language: Language) -> str:
    known = _TYPES.get(what)
    return what if known is None else known.fill(language)


def _steps(problem: DecisionsRemain, language: Language) -> str:
    steps = dict.fromkeys(each.step for each in problem.remaining)
    return ", ".join(STEPS[each].fill(language) for each in steps)


_Parts = Callable[..., dict[str, object]]
_PARTS: Mapping[type[Problem], _Parts] = {
    InvalidField: lambda p, lang: {"fault": _fault(p, lang)},
    NotFound: lambda p, lang: {"what": _type_name(p.what, lang)},
    Forbidden: lambda p, lang: {"role": ROLES[p.needed].fill(lang)},
    Stale: lambda p, _: {"version": p.current_version},
    AlreadyAccepted: lambda p, _: {"name": p.by.name},
    WrongLeadState: lambda p, lang: {"status": STATUSES[p.status].fill(lang)},
    HeldByOther: lambda p, _: {"name": p.holder.name},
    DecisionsRemain: lambda p, lang: {"steps": _steps(p, lang)},
    CandidatesChanged: lambda p, lang: {"step": STEPS[p.step].fill(lang), "count": len(p.record_ids)},
    RecordChanged: lambda p, lang: {"step": STEPS[p.step].fill(lang)},
    CaseNotOpen: lambda p, _: {"number": p.case.number},
    AssigneeInactive: lambda p, _: {"name": p.user.name},
    IdempotencyKeyReused: lambda _, __: {},
    ExternalIdTaken: lambda _, __: {},
}
"""What the text of each problem is filled with."""
