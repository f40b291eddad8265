"""How a tenant's leads are matched: read, changed, and tried out before it is changed.

Every version that was saved is kept. The current one comes with the tenant wherever that is read, so look-ups spend no
statement on it; a process that remembers a tenant forgets it after some seconds, or at once for what it saved itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from db import leads as lead_rows
from db.engine import WriteSession
from db.matching_settings import lock_tenant, save_settings
from domain.actors import Actor
from domain.drafts import MatchingSettingsPatch
from domain.events import EventKind, NewEvent
from domain.filters import LeadFilter, LeadOrder
from domain.matches import LeadMatches, Matches
from domain.paging import PageRequest
from domain.problems import FieldFault, Forbidden, InvalidField, Problem, Refused, Stale
from domain.receipts import Receipt, RecordRef
from domain.records import Lead, LeadStatus, RecordKind, Role, Tenant
from domain.settings_previews import PreviewedChange, PreviewedOutcome, SettingsPreview
from services.backend import Backend
from services.candidates import match_leads
from services.idempotency import Call, write_once
from services.references import refuse_problems, tenant_of
from services.search_words import fold_query
from services.validation.matching_settings import changed_fields, changed_settings
from services.validation.reading import start_reading

MOST_PREVIEWED = 200
MOST_EXAMPLES = 20
_BATCH = 50
_PATH = ("input", "settings")
_UNCONVERTED = frozenset({LeadStatus.NEW, LeadStatus.ACCEPTED, LeadStatus.REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMatchingSettings:
    """Change the settings; ``expected_version`` is the version that was read."""

    settings: MatchingSettingsPatch
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewMatchingSettings:
    """Try changed settings out on the ``count`` newest leads that the filter and the search let through.

    Converted ones only where the filter names that status: the records know by now what the lead said.
    """

    settings: MatchingSettingsPatch
    count: int = MOST_PREVIEWED
    filter: LeadFilter = field(default_factory=LeadFilter)
    search: str = ""


async def save_matching_settings(
    backend: Backend, actor: Actor, command: SaveMatchingSettings, idempotency_key: str | None = None
) -> Receipt:
    """Save the next version of the settings; for administrators. Where nothing changes, nothing is written.

    Raises ``Refused``: no administrator, invalid fields, another version than expected.
    """

    async def write(session: WriteSession) -> Receipt:
        refuse_non_admin(actor)
        await lock_tenant(session)
        before = await tenant_of(session, actor.tenant_id)
        if command.expected_version not in {None, before.matching.version}:
            path = ("input", "expectedVersion")
            raise Refused(Stale(path=path, current=before, current_version=before.matching.version))
        reading = start_reading(before, session.now, *_PATH)
        after = changed_settings(before, command.settings, reading)
        refuse_problems(reading)
        return await _save(session, actor, before, after)

    receipt = await write_once(backend, actor, Call("saveMatchingSettings", command, idempotency_key), write)
    _remember(backend, actor.tenant_id, receipt)
    return receipt


async def _save(session: WriteSession, actor: Actor, before: Tenant, after: Tenant) -> Receipt:
    fields = changed_fields(before, after)
    version = before.matching.version + bool(fields)
    if fields:
        matching = replace(after.matching, version=version, saved_by_id=actor.user_id, saved_at=session.now)
        await save_settings(session, replace(after, matching=matching))
        session.record(
            NewEvent(
                kind=EventKind.MATCHING_SETTINGS_SAVED,
                record_kind=RecordKind.TENANT,
                record_id=after.id,
                user_id=actor.user_id,
                fields=fields,
            )
        )
    return Receipt((RecordRef(RecordKind.TENANT, after.id, version),))


def _remember(backend: Backend, tenant_id: int, receipt: Receipt) -> None:
    known = backend.settings_versions.get(tenant_id, 0)
    backend.settings_versions[tenant_id] = max(known, *(each.version for each in receipt.records))


def refuse_non_admin(actor: Actor) -> None:
    """Raise ``Refused`` (Forbidden) unless the actor is an administrator."""
    if not actor.is_admin:
        raise Refused(Forbidden(path=("input",), needed=Role.ADMIN))


async def preview_matching_settings(
    backend: Backend, actor: Actor, command: PreviewMatchingSettings
) -> SettingsPreview:
    """What would be different for recent leads, by the settings now and as proposed; nothing is written.

    Leads are looked up among the records of today, in batches. Raises ``Refused``: no administrator, invalid fields.
    """
    refuse_non_admin(actor)
    async with backend.database.read() as session:
        tenant = await tenant_of(session, actor.tenant_id)
    reading = start_reading(tenant, backend.now(), *_PATH)
    proposed = changed_settings(tenant, command.settings, reading)
    problems: list[Problem] = [*reading.problems]
    if not 1 <= command.count <= MOST_PREVIEWED:
        detail = f"1 … {MOST_PREVIEWED}"
        problems.append(InvalidField(path=("input", "count"), fault=FieldFault.BAD_VALUE, detail=detail))
    if problems:
        raise Refused(*problems)
    leads = await _recent_leads(backend, command, tenant.id)
    found: list[PreviewedChange] = []
    for start in range(0, len(leads), _BATCH):
        found += await _replay(backend, tenant, proposed, leads[start : start + _BATCH])
    return _sum_up(found, len(leads))


async def _recent_leads(backend: Backend, command: PreviewMatchingSettings, tenant_id: int) -> tuple[Lead, ...]:
    statuses = command.filter.statuses or _UNCONVERTED
    filter_ = replace(command.filter, statuses=statuses, terms=(*command.filter.terms, *fold_query(command.search)))
    request = PageRequest(size=command.count)
    async with backend.database.read() as session:
        page = await lead_rows.page(session, tenant_id, filter_, LeadOrder.NEWEST_FIRST, request, backend.now())
    return page.items


async def _replay(backend: Backend, tenant: Tenant, proposed: Tenant, leads: Sequence[Lead]) -> list[PreviewedChange]:
    before = await match_leads(backend, tenant, leads)
    after = await match_leads(backend, proposed, leads)
    return [each for pair in zip(leads, before, after, strict=True) for each in _outcomes(*pair)]


def _outcomes(lead: Lead, before: LeadMatches, after: LeadMatches) -> tuple[PreviewedChange, PreviewedChange]:
    return (
        PreviewedChange(
            lead=lead, kind=RecordKind.ACCOUNT, before=_outcome(before.accounts), after=_outcome(after.accounts)
        ),
        PreviewedChange(
            lead=lead, kind=RecordKind.CONTACT, before=_outcome(before.contacts), after=_outcome(after.contacts)
        ),
    )


def _outcome(matches: Matches) -> PreviewedOutcome:
    top = matches.candidates[0] if matches.candidates else None
    return PreviewedOutcome(
        verdict=matches.verdict,
        top_id=top.record_id if top else None,
        top_score=top.score if top else None,
        chosen_id=matches.chosen.record_id if matches.chosen else None,
    )


def _sum_up(found: Sequence[PreviewedChange], leads: int) -> SettingsPreview:
    changed = [each for each in found if each.is_change]
    return SettingsPreview(
        leads=leads,
        changed_leads=len({each.lead.id for each in changed}),
        changed_verdicts=sum(each.is_other_verdict for each in found),
        changed_tops=sum(each.is_other_top for each in found),
        changed_choices=sum(each.is_other_choice for each in found),
        chosen_before=sum(each.before.chosen_id is not None for each in found),
        chosen_after=sum(each.after.chosen_id is not None for each in found),
        # What would be chosen otherwise matters most; among those the newest lead comes first.
        examples=tuple(sorted(changed, key=lambda each: not each.is_other_choice)[:MOST_EXAMPLES]),
    )
