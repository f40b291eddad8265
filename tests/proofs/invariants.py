"""What holds of a tenant's data at every moment, whatever was done to them.

Each rule is a generator over everything that is stored, and yields a sentence for each place where it is broken.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any

from db.decision_rows import value_to_json
from db.rows import SHAPES
from domain.acceptance import DecidedBy
from domain.events import EventKind
from domain.labels import LabelDecision
from domain.records import Account, Case, Contact, Lead, LeadStatus, RecordKind, type_of_record
from services.changes import changes_between
from tests.support.tables import Row, Stored

K = EventKind
_TABLES = {
    RecordKind.LEAD: "leads",
    RecordKind.ACCOUNT: "accounts",
    RecordKind.CONTACT: "contacts",
    RecordKind.CASE: "cases",
}
_CREATED = {
    RecordKind.LEAD: K.LEAD_CREATED,
    RecordKind.ACCOUNT: K.ACCOUNT_CREATED,
    RecordKind.CONTACT: K.CONTACT_CREATED,
    RecordKind.CASE: K.CASE_CREATED,
}
_ALWAYS_LOGGED = {"leads": "type_id", "accounts": "name", "contacts": "account_id", "cases": "number"}
"""A field that every record of the kind gets a change row for when it is created, unless it is imported."""

_PATHS: dict[EventKind, dict[LeadStatus | None, LeadStatus]] = {
    K.LEAD_CREATED: {None: LeadStatus.NEW},
    K.LEAD_UPDATED: {LeadStatus.NEW: LeadStatus.NEW},
    K.LEAD_ACCEPTED: {LeadStatus.NEW: LeadStatus.ACCEPTED},
    K.LEAD_REJECTED: {LeadStatus.NEW: LeadStatus.REJECTED},
    K.LEAD_REOPENED: {LeadStatus.NEW: LeadStatus.NEW, LeadStatus.REJECTED: LeadStatus.NEW},
    K.ACCOUNT_CHOSEN: {LeadStatus.ACCEPTED: LeadStatus.ACCEPTED},
    K.CONTACT_CHOSEN: {LeadStatus.ACCEPTED: LeadStatus.ACCEPTED},
    K.ACCEPTANCE_HANDED_OVER: {LeadStatus.ACCEPTED: LeadStatus.ACCEPTED},
    K.LEAD_CONVERTED: {LeadStatus.ACCEPTED: LeadStatus.CONVERTED},
}
"""What each event about a lead makes of its status; EXPIRED is stored as NEW."""

_MOST_LABELS = 11
_LEAVES_VERSION = {K.ACCOUNT_CHOSEN, K.CONTACT_CHOSEN, K.ACCEPTANCE_HANDED_OVER}


def broken_rules(stored: Stored, *, has_imports: bool = False) -> list[str]:
    """Every place where a rule is broken. With ``has_imports`` records may lack the change rows of their creation."""
    found = [f"{rule.__name__[1:]}: {text}" for rule in _RULES for text in rule(stored)]
    if not has_imports:
        found += [f"logged: {text}" for text in _unlogged(stored)]
    return found


def _leads_and_acceptances(stored: Stored) -> Iterator[str]:
    """Accepted means an acceptance; converted means a committed one, with account, contact and case."""
    acceptances = {row["lead_id"]: row for row in stored["acceptances"]}
    cases = {row["id"]: row for row in stored["cases"]}
    for lead in stored["leads"]:
        acceptance = acceptances.get(lead["id"])
        status: LeadStatus = lead["status"]
        is_converted = status is LeadStatus.CONVERTED
        has_acceptance = status in {LeadStatus.ACCEPTED, LeadStatus.CONVERTED}
        results = [lead["account_id"], lead["contact_id"], lead["case_id"]]
        if [each is not None for each in results] != [is_converted] * 3:
            yield f"lead {lead['id']} is {status} with account, contact, case {results}"
        if (acceptance is not None, lead["accepted_by_id"] is not None) != (has_acceptance, has_acceptance):
            yield f"lead {lead['id']} is {status} and its acceptance is {acceptance}"
        if acceptance is not None and (acceptance["committed_at"] is not None) != is_converted:
            yield f"lead {lead['id']} is {status}, but its acceptance was committed at {acceptance['committed_at']}"
        if (status is LeadStatus.REJECTED) != (lead["rejected_by_id"] is not None):
            yield f"lead {lead['id']} is {status} and rejected by {lead['rejected_by_id']}"
        if is_converted and cases[lead["case_id"]]["contact_id"] != lead["contact_id"]:
            yield f"lead {lead['id']} has another contact than its case"


def _one_case_per_lead(stored: Stored) -> Iterator[str]:
    """A converted lead opened one case or was attached to one; any other did neither."""
    got = Counter(e["lead_id"] for e in stored["events"] if e["kind"] in {K.CASE_CREATED, K.CASE_LEAD_ATTACHED})
    for lead in stored["leads"]:
        if got[lead["id"]] != (lead["status"] is LeadStatus.CONVERTED):
            yield f"lead {lead['id']} is {lead['status']} and got {got[lead['id']]} cases"


def _origins(stored: Stored) -> Iterator[str]:
    """Every record was created once: by a plain mutation or an import, or by the commit of the lead that has it now."""
    leads = {row["id"]: row for row in stored["leads"]}
    for kind, table in _TABLES.items():
        created = [row for row in stored["events"] if row["kind"] is _CREATED[kind]]
        if Counter(row["record_id"] for row in created) != Counter(row["id"] for row in stored[table]):
            yield f"{table} and their events of creation differ"
        for row in created:
            lead = leads.get(row["lead_id"]) if kind is not RecordKind.LEAD else None
            if lead is not None and lead[f"{kind.value}_id"] != row["record_id"]:
                yield f"{kind.value} {row['record_id']} was created for lead {lead['id']}, which does not have it"


def _case_numbers(stored: Stored) -> Iterator[str]:
    """The cases that leads opened are numbered without gaps, as far as the counter."""
    by_leads = {row["record_id"] for row in stored["events"] if row["kind"] is K.CASE_CREATED and row["lead_id"]}
    numbers = sorted(row["number"] for row in stored["cases"] if row["id"] in by_leads)
    counter = stored["counters"][0]["case_number"]
    if numbers != list(range(1, counter + 1)):
        yield f"cases are numbered {numbers}, the counter is at {counter}"


def _private_customers(stored: Stored) -> Iterator[str]:
    """There is one account of private customers, as it was made."""
    private = [row for row in stored["accounts"] if row["is_private_customers"]]
    if len(private) != 1:
        yield f"there are {len(private)} accounts of private customers"
    for row in private:
        given = [row[name] for name in ("vat_id", "website", "emails", "phones", "street", "city", "owner_id")]
        if row["version"] != 1 or any(given):
            yield f"the account of private customers has version {row['version']} and {given}"


def _lists(stored: Stored) -> Iterator[str]:
    """A list of e-mails or phones has one primary entry, unless it is empty."""
    for table in ("accounts", "contacts", "leads"):
        for row in stored[table]:
            for name in ("emails", "phones"):
                primary = sum(each["is_primary"] for each in row[name])
                if primary != bool(row[name]):
                    yield f"{table} {row['id']} has {primary} primary entries in its {name}: {row[name]}"


def _events(stored: Stored) -> Iterator[str]:
    """Positions are gapless up to the counter."""
    positions = [row["position"] for row in stored["events"]]
    counter = stored["counters"][0]["event_position"]
    if positions != list(range(1, counter + 1)):
        yield f"{len(positions)} events end at {positions[-1:]}, the counter is at {counter}"


def _paths(stored: Stored) -> Iterator[str]:
    """The events of a lead, in their order, are a way through the states that ends where it stands; they count it."""
    at: dict[int, LeadStatus | None] = {}
    versions: Counter[int] = Counter()
    for event in stored["events"]:
        if event["kind"] not in _PATHS:
            continue
        lead_id, before = event["record_id"], at.get(event["record_id"])
        if before not in _PATHS[event["kind"]]:
            yield f"event {event['position']}: {event['kind']} of lead {lead_id}, which was {before}"
        at[lead_id] = _PATHS[event["kind"]].get(before)
        versions[lead_id] += event["kind"] not in _LEAVES_VERSION
    for lead in stored["leads"]:
        told = at.get(lead["id"]), versions[lead["id"]]
        if told != (lead["status"], lead["version"]):
            yield f"lead {lead['id']} is {lead['status']} in version {lead['version']}, its events tell {told}"


def _decisions(stored: Stored) -> Iterator[str]:
    """A decision names a version of its record that exists, or existed."""
    versions = {row["id"]: row["version"] for table in ("accounts", "contacts") for row in stored[table]}
    for row in stored["decisions"]:
        if row["record_id"] is not None and not 1 <= row["record_version"] <= versions[row["record_id"]]:
            yield f"the decision {dict(row)} is about version {versions[row['record_id']]}"
        if row["decided_by"] is DecidedBy.AUTO and row["fields"]:
            yield f"an automatic decision has decided fields: {dict(row)}"


def _labels(stored: Stored) -> Iterator[str]:
    """What a commit says of its candidates: at most eleven of a kind, and the match is the record it was joined to."""
    leads = {row["id"]: row for row in stored["leads"]}
    said = [row for row in stored["match_labels"] if row["decision"] is not LabelDecision.DISMISSED]
    for (lead_id, kind), count in Counter((row["lead_id"], row["record_kind"]) for row in said).items():
        if count > _MOST_LABELS:
            yield f"lead {lead_id} has {count} labels of the kind {kind}"
    for row in said:
        is_result = leads[row["lead_id"]][f"{row['record_kind'].value}_id"] == row["record_id"]
        if is_result != row["is_match"] or leads[row["lead_id"]]["status"] is not LeadStatus.CONVERTED:
            yield f"the label {dict(row)} is not what became of {dict(leads[row['lead_id']])}"


def _answers(stored: Stored) -> Iterator[str]:
    """No key is claimed without an answer."""
    yield from (f"no answer is kept for {dict(row)}" for row in stored["idempotency_records"] if not row["result"])


def record_of(kind: RecordKind, row: Row) -> Account | Contact | Case | Lead:
    """The record that a row holds."""
    record: Account | Contact | Case | Lead = SHAPES[type_of_record[kind]].from_row(row)
    return record


def _histories(stored: Stored) -> Iterator[str]:
    """The change rows of a record are a chain: each begins with what the one before left, the last is what there is."""
    rows: dict[int, list[Row]] = {}
    for row in sorted(stored["changes"], key=lambda each: int(each["id"])):
        rows.setdefault(row["record_id"], []).append(row)
    for kind, table in _TABLES.items():
        for stored_row in stored[table]:
            history = rows.pop(stored_row["id"], [])
            yield from _history(record_of(kind, stored_row), history, _ALWAYS_LOGGED[table])
    if rows:
        yield f"there are changes of records that do not exist: {sorted(rows)}"


def _history(record: Account | Contact | Case | Lead, rows: Sequence[Row], first_field: str) -> Iterator[str]:
    is_logged = any(row["field"] == first_field and row["old"] is None for row in rows)
    now = {
        each.field: value_to_json(each.new.value if isinstance(each.new, Enum) else each.new)
        for each in changes_between(None, record)
    }
    last: dict[str, Any] = {}
    for row in rows:
        name, old = row["field"], row["old"] or None
        if (is_logged or name in last) and (last.get(name) or None) != old:
            yield f"{type(record).__name__} {record.id}: {name} was {last.get(name)} and is said to have been {old}"
        last[name] = row["new"]
    names = last.keys() | now.keys() if is_logged else last.keys()
    for name in names - {"external_ids"}:
        if (last.get(name) or None) != now.get(name):
            yield f"{type(record).__name__} {record.id}: {name} is {now.get(name)}, its last change {last.get(name)}"


def _unlogged(stored: Stored) -> Iterator[str]:
    logged = {(row["record_id"], row["field"]) for row in stored["changes"] if row["old"] is None}
    for table, name in _ALWAYS_LOGGED.items():
        yield from (f"{table} {row['id']}" for row in stored[table] if (row["id"], name) not in logged)


_RULES: Sequence[Callable[[Stored], Iterator[str]]] = (
    _leads_and_acceptances,
    _one_case_per_lead,
    _origins,
    _case_numbers,
    _private_customers,
    _lists,
    _events,
    _paths,
    _decisions,
    _labels,
    _answers,
    _histories,
)
