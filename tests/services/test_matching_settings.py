"""A tenant's matching settings: kept in versions, checked, used by every look-up, and tried out beforehand."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from db.engine import Database
from db.tables.log import events
from db.tables.reference import matching_settings as saved
from domain.drafts import MatchingSettingsPatch
from domain.events import EventKind
from domain.filters import LeadFilter
from domain.matches import Band, EvidenceKind, Verdict
from domain.matching_settings import AutoSelect, EvidenceWeight, MatchingSettings
from domain.problems import Forbidden, IdempotencyKeyReused, InvalidField, Refused, Stale
from domain.receipts import Receipt, RecordRef
from domain.records import Lead, LeadStatus, RecordKind, Role, Tenant
from services.backend import Backend
from services.candidates import match_leads
from services.lookups import tenant_by_id
from services.matching.settings import EXACT_EVIDENCE
from services.matching_settings import (
    PreviewMatchingSettings,
    SaveMatchingSettings,
    preview_matching_settings,
    save_matching_settings,
)
from tests.support.factories import address_of
from tests.support.refusals import faults, refusal
from tests.support.statements import count_statements
from tests.support.tables import everything, what_differs
from tests.support.world import World

HERE = address_of("Werftstraße", "12", "01067", "Dresden")
KATRIN: dict[str, Any] = {"first_name": "Katrin", "last_name": "Sommerfeld", "phones": ["0351 123456"]}


async def save(
    world: World,
    version: int | None = None,
    key: str | None = None,
    **changes: Any,  # noqa: ANN401
) -> Receipt:
    """Save changed settings as the administrator."""
    command = SaveMatchingSettings(settings=MatchingSettingsPatch(**changes), expected_version=version)
    return await save_matching_settings(world.backend, world.admin, command, key)


async def tenant_now(world: World) -> Tenant:
    """The tenant as it is stored now."""
    tenant = await tenant_by_id(world.backend, world.tenant.id)
    assert tenant is not None
    return tenant


async def rows(world: World, table: Any, *columns: str) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """The tenant's rows of a table."""
    stored = await everything(world.backend.database, world.tenant.id)
    return [tuple(row[each] for each in columns) for row in stored[table.name]]


async def test_a_new_tenant_has_the_products_settings(world: World) -> None:
    """Version 0, of which nothing is stored."""
    assert (await tenant_now(world)).matching == MatchingSettings()
    assert await rows(world, saved, "version") == []


async def test_every_saved_version_is_kept(world: World) -> None:
    """What is left out stays, null goes back to the default, and each version has its user, moment and event."""
    weights = (EvidenceWeight(kind=EvidenceKind.PHONE, disagree=0.0), EvidenceWeight(kind=EvidenceKind.NAME))
    receipt = await save(
        world,
        auto_select=AutoSelect.CONFIDENT,
        threshold=1,
        exact_evidence=(EvidenceKind.VAT_ID, EvidenceKind.EMAIL),
        weights=weights,
        default_country="at",
    )
    assert receipt == Receipt((RecordRef(RecordKind.TENANT, world.tenant.id, 1),))
    first = await tenant_now(world)
    assert first.default_country == "AT"
    assert first.matching == MatchingSettings(
        version=1,
        auto_select=AutoSelect.CONFIDENT,
        threshold=1.0,
        exact_evidence=frozenset({EvidenceKind.VAT_ID, EvidenceKind.EMAIL}),
        weights=weights[:1],
        saved_by_id=world.admin.user_id,
        saved_at=world.clock(),
    )

    await save(world, version=1, threshold=None, confident_margin=12.5)
    second = await tenant_now(world)
    assert second.matching == replace(first.matching, version=2, threshold=None, confident_margin=12.5)
    assert [each for (each,) in await rows(world, saved, "version")] == [1, 2]
    recorded = await rows(world, events, "kind", "record_kind", "record_id", "user_id", "fields")
    assert [each for each in recorded if each[0] is EventKind.MATCHING_SETTINGS_SAVED] == [
        (EventKind.MATCHING_SETTINGS_SAVED, RecordKind.TENANT, world.tenant.id, world.admin.user_id, fields)
        for fields in (
            ["auto_select", "threshold", "exact_evidence", "weights", "default_country"],
            ["threshold", "confident_margin"],
        )
    ]


async def test_saving_what_is_set_already_writes_nothing(world: World) -> None:
    """The version stays, and there is no event."""
    await save(world, threshold=2.0)
    before = await everything(world.backend.database, world.tenant.id)

    receipt = await save(world, threshold=2.0, exact_evidence=tuple(EXACT_EVIDENCE), weights=())

    assert receipt.records[0].version == 1
    assert what_differs(before, await everything(world.backend.database, world.tenant.id)) == {}


async def test_every_wrong_field_is_named_at_once(world: World) -> None:
    """Ranges, kinds that cannot make a match, duplicates, a country that is none; nothing is written."""
    wrong: dict[str, Any] = {
        "threshold": float("nan"),
        "confident_threshold": 9.9,
        "confident_margin": 3.0,
        "exact_evidence": (EvidenceKind.PHONE, EvidenceKind.DOMAIN, EvidenceKind.PHONE),
        "weights": (
            EvidenceWeight(kind=EvidenceKind.NAME, agree=-0.5, disagree=3.1),
            EvidenceWeight(kind=EvidenceKind.NAME),
        ),
        "default_country": "Atlantis",
    }

    assert await faults(save(world, **wrong)) == {
        "input.settings.threshold": "bad_value",
        "input.settings.confidentThreshold": "bad_value",
        "input.settings.confidentMargin": "bad_value",
        "input.settings.exactEvidence.1": "bad_value",
        "input.settings.exactEvidence.2": "duplicate",
        "input.settings.exactEvidence": "bad_value",
        "input.settings.weights.0.agree": "bad_value",
        "input.settings.weights.0.disagree": "bad_value",
        "input.settings.weights.1.kind": "duplicate",
        "input.settings.defaultCountry": "bad_country",
    }
    assert await faults(save(world, exact_evidence=(EvidenceKind.NAME,), default_country=None)) == {
        "input.settings.exactEvidence": "bad_value",
        "input.settings.defaultCountry": "required",
    }
    assert (await tenant_now(world)).matching.version == 0


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
async def test_only_administrators_change_settings_or_try_them_out(world: World, role: Role) -> None:
    """The problem names the role that is needed."""
    actor = world.agent if role is Role.AGENT else world.manager
    patch = MatchingSettingsPatch(threshold=1.0)

    saving = await refusal(save_matching_settings(world.backend, actor, SaveMatchingSettings(settings=patch)))
    trying = await refusal(preview_matching_settings(world.backend, actor, PreviewMatchingSettings(settings=patch)))

    assert saving == trying == (Forbidden(path=("input",), needed=Role.ADMIN),)


async def test_a_stale_version_is_refused_with_the_current_settings(world: World) -> None:
    """Whoever read an older version is shown the one of now."""
    await save(world, threshold=2.0)

    (problem,) = await refusal(save(world, version=0, threshold=3.0))

    assert isinstance(problem, Stale)
    assert (problem.current, problem.current_version) == (await tenant_now(world), 1)


async def test_of_two_savings_at_once_one_is_stale(world: World) -> None:
    """Both had read version 0; one wins, and no version is skipped or written twice."""
    done = await asyncio.gather(
        save(world, version=0, threshold=2.0), save(world, version=0, threshold=3.0), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in done) == ["Receipt", "Refused"]
    assert await rows(world, saved, "version") == [(1,)]


async def test_a_retry_has_one_effect(world: World) -> None:
    """The same key with the same input answers the same; with other input it is refused."""
    first = await save(world, key="k1", threshold=2.0)
    again = await save(world, key="k1", threshold=2.0)
    (problem,) = await refusal(save(world, key="k1", threshold=3.0))

    assert first == again
    assert isinstance(problem, IdempotencyKeyReused)
    assert await rows(world, saved, "version") == [(1,)]


async def test_settings_cost_look_ups_no_statement(world: World) -> None:
    """Cold or warm, a look-up runs as many statements with settings as without; the tenant brings them in its own."""
    await world.add_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"])
    lead = await world.add_lead(company="Elbe Maschinenbau", phones=["0351 123456"], first_name="Eva")

    async def look_up(tenant: Tenant) -> int:
        with count_statements(world.backend.database) as statements:
            await match_leads(world.backend, tenant, [lead])
        return len(statements)

    without = [await look_up(world.tenant) for _ in range(2)]
    await save(world, threshold=2.0, auto_select=AutoSelect.CONFIDENT)
    with count_statements(world.backend.database) as reading:
        tenant = await tenant_now(world)
    world.backend.statistics.forget(world.tenant.id)
    having = [await look_up(tenant) for _ in range(2)]

    assert tenant.matching.version == 1
    assert len(reading) == 1
    assert having == without


async def test_the_threshold_decides_what_is_similar(world: World) -> None:
    """A record that was similar is no longer found with a higher threshold."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH")
    lead = await world.add_lead(company="Elbe Maschinenbau")
    [before] = await match_leads(world.backend, world.tenant, [lead])

    await save(world, threshold=19.0)
    [after] = await match_leads(world.backend, await tenant_now(world), [lead])

    assert [each.record_id for each in before.accounts.candidates] == [account.id]
    assert (after.accounts.verdict, after.accounts.candidates) == (Verdict.NONE, ())


async def test_weights_are_factors_on_the_evidence(world: World) -> None:
    """A different phone that must not count has 0 bits, a name that counts double has twice as many."""
    await world.add_account(name="Elbe Maschinenbau GmbH", phones=["0351 998877"])
    lead = await world.add_lead(company="Elbe Maschinenbau", phones=["0351 123456"])

    async def bits() -> dict[EvidenceKind, float]:
        [found] = await match_leads(world.backend, await tenant_now(world), [lead])
        [candidate] = found.accounts.candidates
        assert candidate.score == pytest.approx(candidate.prior + sum(each.bits for each in candidate.evidence))
        return {each.kind: each.bits for each in candidate.evidence}

    before = await bits()
    doubled = EvidenceWeight(kind=EvidenceKind.NAME, agree=2.0)
    await save(world, weights=(EvidenceWeight(kind=EvidenceKind.PHONE, disagree=0.0), doubled))
    after = await bits()

    assert before[EvidenceKind.PHONE] < 0 == after[EvidenceKind.PHONE]
    assert after[EvidenceKind.NAME] == pytest.approx(2 * before[EvidenceKind.NAME], abs=0.02)


async def test_the_kinds_that_count_decide_what_is_100_percent(world: World) -> None:
    """Name and phone are enough until the phone no longer counts."""
    contact = await world.add_contact(await world.private_customers(), **KATRIN)
    lead = await world.add_lead(**KATRIN)
    [before] = await match_leads(world.backend, world.tenant, [lead])

    await save(world, exact_evidence=tuple(EXACT_EVIDENCE - {EvidenceKind.PHONE}))
    [after] = await match_leads(world.backend, await tenant_now(world), [lead])

    assert (before.contacts.verdict, before.contacts.chosen and before.contacts.chosen.record_id) == (
        Verdict.EXACT,
        contact.id,
    )
    assert after.contacts.verdict is Verdict.SIMILAR


async def test_the_default_country_reads_the_lead(world: World) -> None:
    """A number without its country is Austrian for an Austrian tenant."""
    await world.add_contact(await world.private_customers(), **{**KATRIN, "phones": ["+43 351 123456"]})
    lead = await world.add_lead(**KATRIN)
    [before] = await match_leads(world.backend, await tenant_now(world), [lead])

    await save(world, default_country="AT")
    [after] = await match_leads(world.backend, await tenant_now(world), [lead])

    assert (before.contacts.verdict, after.contacts.verdict) == (Verdict.SIMILAR, Verdict.EXACT)


async def confident_pair(world: World) -> Lead:
    """A lead with a contact that is no 100 % match (another postcode) and beyond reasonable doubt."""
    details = {**KATRIN, "emails": ["katrin.sommerfeld@web.de"]}
    there = replace(HERE, postcode="01069")
    await world.add_contact(await world.private_customers(), **details, address=there)
    return await world.add_lead(**details, address=HERE)


async def test_auto_select_decides_whether_a_confident_candidate_is_chosen(world: World) -> None:
    """It is called confident in any case."""
    lead = await confident_pair(world)
    [exact] = await match_leads(world.backend, world.tenant, [lead])
    await save(world, auto_select=AutoSelect.CONFIDENT)
    [confident] = await match_leads(world.backend, await tenant_now(world), [lead])

    assert [exact.contacts.verdict, confident.contacts.verdict] == [Verdict.SIMILAR, Verdict.CONFIDENT]
    assert exact.contacts.candidates[0].band is confident.contacts.candidates[0].band is Band.CONFIDENT

    await save(world, confident_threshold=60.0)
    [strict] = await match_leads(world.backend, await tenant_now(world), [lead])
    assert strict.contacts.candidates[0].band is Band.SIMILAR


async def test_a_preview_shows_what_would_change_and_writes_nothing(world: World) -> None:
    """Leads for which something else would be chosen are counted and shown; the others are counted only."""
    lead = await confident_pair(world)
    await world.add_lead(company="Ganz Neu", first_name="Otto", last_name="Neu")
    before = await everything(world.backend.database, world.tenant.id)
    patch = MatchingSettingsPatch(auto_select=AutoSelect.CONFIDENT)

    preview = await preview_matching_settings(world.backend, world.admin, PreviewMatchingSettings(settings=patch))

    assert (preview.leads, preview.changed_leads) == (2, 1)
    assert (preview.changed_verdicts, preview.changed_tops, preview.changed_choices) == (1, 0, 1)
    assert (preview.chosen_before, preview.chosen_after) == (0, 1)
    [example] = preview.examples
    assert (example.lead.id, example.kind) == (lead.id, RecordKind.CONTACT)
    assert (example.before.verdict, example.after.verdict) == (Verdict.SIMILAR, Verdict.CONFIDENT)
    assert example.after.chosen_id == example.after.top_id == example.before.top_id is not None
    assert what_differs(before, await everything(world.backend.database, world.tenant.id)) == {}


async def test_a_preview_looks_at_the_newest_leads_that_the_filter_lets_through(world: World) -> None:
    """As many as were asked for, of one type or with one word."""
    for each in range(5):
        await world.add_lead(company=f"Firma {each}", subject="Roadster" if each == 3 else "Kombi")
    await world.add_lead(company="Firma 9", type_id=world.general.id)

    async def leads(**options: Any) -> int:  # noqa: ANN401
        command = PreviewMatchingSettings(settings=MatchingSettingsPatch(threshold=5.0), **options)
        return (await preview_matching_settings(world.backend, world.admin, command)).leads

    assert await leads() == 6
    assert await leads(count=2) == 2
    assert await leads(filter=LeadFilter(type_ids=(world.general.id,))) == 1
    assert await leads(search="roadst") == 1


async def test_a_preview_leaves_converted_leads_out(world: World) -> None:
    """What was made of them knows what they said, so any settings find it; who asks for them gets them."""
    await world.add_lead(company="Firma 1")
    await world.add_lead(company="Firma 2", stored_status=LeadStatus.REJECTED)
    await world.add_lead(company="Firma 3", stored_status=LeadStatus.CONVERTED)

    async def companies(**options: Any) -> int:  # noqa: ANN401
        command = PreviewMatchingSettings(settings=MatchingSettingsPatch(threshold=5.0), **options)
        return (await preview_matching_settings(world.backend, world.admin, command)).leads

    assert await companies() == 2
    assert await companies(filter=LeadFilter(statuses=frozenset({LeadStatus.CONVERTED}))) == 1


async def test_a_preview_refuses_what_saving_would_refuse(world: World) -> None:
    """And more leads than are replayed at once."""
    patch = MatchingSettingsPatch(threshold=99.0, default_country="ZZ")
    command = PreviewMatchingSettings(settings=patch, count=201)

    problems = await refusal(preview_matching_settings(world.backend, world.admin, command))

    assert [each.path for each in problems] == [
        ("input", "settings", "threshold"),
        ("input", "settings", "defaultCountry"),
        ("input", "count"),
    ]
    assert all(isinstance(each, InvalidField) for each in problems)


async def test_a_preview_runs_in_batches(world: World) -> None:
    """Fifty leads cost as many statements as one."""
    counts = []
    for number in (1, 49):
        for each in range(number):
            await world.add_lead(company=f"Firma {number} {each}")
        command = PreviewMatchingSettings(settings=MatchingSettingsPatch(threshold=5.0))
        await preview_matching_settings(world.backend, world.admin, command)
        with count_statements(world.backend.database) as statements:
            await preview_matching_settings(world.backend, world.admin, command)
        counts.append(len(statements))

    assert counts[0] == counts[1]


async def test_another_process_sees_what_was_saved(world: World, database_url: str) -> None:
    """What it reads with the tenant is the newest version; only its memory of seconds lies between."""
    other = Database(database_url)
    backend = Backend(database=other, secret=b"other")
    assert (await tenant_by_id(backend, world.tenant.id)) == world.tenant

    await save(world, threshold=2.0)

    seen = await tenant_by_id(backend, world.tenant.id)
    await other.close()
    assert seen is not None
    assert seen.matching.threshold == 2.0
    assert world.backend.settings_versions == {world.tenant.id: 1}


async def test_a_refused_saving_leaves_the_process_as_it_was(world: World) -> None:
    """Nothing is remembered that was not written."""
    with pytest.raises(Refused):
        await save(world, threshold=99.0)

    assert world.backend.settings_versions == {}
