"""Which record each step goes to, as far as that is settled. Pure.

A user's staged decision counts; without one the rules of 100 %, similar and none decide, afresh at every look.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.acceptance import DecidedBy
from domain.fields import FieldDecision
from domain.matches import Band, Matches, Verdict
from domain.records import Account, Contact
from services.acceptance.situation import Situation

Record = TypeVar("Record", Account, Contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(Generic[Record]):
    """An existing record, or None for one to be created; with what a user decided about its fields.

    ``band`` is how sure an automatic choice of an existing record is.
    """

    decided_by: DecidedBy
    record: Record | None
    fields: tuple[FieldDecision, ...] = ()
    band: Band | None = None


def pick_account(situation: Situation) -> Pick[Account] | None:
    """The account's pick; None where a user has to choose."""
    decision = situation.acceptance.account if situation.acceptance else None
    if decision is not None and decision.decided_by is DecidedBy.USER:
        return _decided(decision.account_id, situation.accounts, decision.fields)
    if situation.matches.accounts.verdict is Verdict.PRIVATE_PERSON:
        return Pick(decided_by=DecidedBy.AUTO, record=situation.private_customers)
    return _by_rule(situation.matches.accounts, situation.accounts)


def pick_contact(situation: Situation) -> Pick[Contact] | None:
    """The contact's pick; None where a user has to choose."""
    decision = situation.acceptance.contact if situation.acceptance else None
    if decision is not None and decision.decided_by is DecidedBy.USER:
        return _decided(decision.contact_id, situation.contacts, decision.fields)
    return _by_rule(situation.matches.contacts, situation.contacts)


def _decided(
    record_id: int | None, records: Mapping[int, Record], fields: tuple[FieldDecision, ...]
) -> Pick[Record] | None:
    if record_id is None:
        return Pick(decided_by=DecidedBy.USER, record=None, fields=fields)
    record = records.get(record_id)
    return None if record is None else Pick(decided_by=DecidedBy.USER, record=record, fields=fields)


def _by_rule(matches: Matches, records: Mapping[int, Record]) -> Pick[Record] | None:
    if matches.verdict is Verdict.NONE:
        return Pick(decided_by=DecidedBy.AUTO, record=None)
    chosen = matches.chosen
    record = None if chosen is None else records.get(chosen.record_id)
    if chosen is None or record is None:
        return None
    return Pick(decided_by=DecidedBy.AUTO, record=record, band=chosen.band)
