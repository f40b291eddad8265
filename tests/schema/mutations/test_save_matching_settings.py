"""Matching settings over HTTP: read, tried out, saved, and every problem on the way."""

from domain.records import Tenant
from resolvers.global_ids import encode
from tests.support.api import Api, gid
from tests.support.world import World

SETTINGS = """
settings {
  id version autoSelect threshold confidentThreshold confidentMargin exactEvidence defaultCountry
  weights { kind agree disagree } savedBy { name } savedAt
}
"""
PREVIEW = """
query Preview($input: PreviewMatchingSettingsInput!) {
  previewMatchingSettings(input: $input) {
    preview {
      leads changedLeads changedVerdicts changedTops changedChoices chosenBefore chosenAfter
      examples {
        kind lead { id }
        before { verdict topScore top { id } chosen { id } }
        after { verdict topScore top { id } chosen { id } }
      }
    }
    errors { __typename ... on UserError { code message path } }
  }
}
"""


async def test_settings_are_read_and_saved(api: Api, world: World) -> None:
    """What was not set is shown as it works; what is saved is read back, by its id as well."""
    own = (await api.ask(f"{{ matchingSettings {{ {SETTINGS.strip()[10:-1]} }} }}"))["matchingSettings"]
    assert (own["version"], own["autoSelect"], own["savedBy"], own["savedAt"]) == (0, "EXACT", None, None)
    assert (own["confidentThreshold"], own["confidentMargin"], own["defaultCountry"]) == (20.0, 8.0, "DE")
    assert own["exactEvidence"] == ["NAME", "EMAIL", "PHONE", "ADDRESS", "VAT_ID", "BIRTH_DATE"]
    assert {(each["agree"], each["disagree"]) for each in own["weights"]} == {(1.0, 1.0)}

    change = {
        "autoSelect": "CONFIDENT",
        "threshold": 1,
        "exactEvidence": ["VAT_ID", "EMAIL"],
        "weights": [{"kind": "PHONE", "disagree": 0.5}],
        "defaultCountry": "at",
    }
    saved = await api.run(
        "saveMatchingSettings", {"settings": change, "expectedVersion": 0}, SETTINGS, actor=world.admin
    )
    assert saved["errors"] == []
    now = saved["settings"]
    assert now == {
        **own,
        "version": 1,
        "autoSelect": "CONFIDENT",
        "threshold": 1.0,
        "exactEvidence": ["EMAIL", "VAT_ID"],
        "weights": [{**each, "disagree": 0.5} if each["kind"] == "PHONE" else each for each in own["weights"]],
        "defaultCountry": "AT",
        "savedBy": {"name": "Ute Brandt"},
        "savedAt": world.clock().isoformat(),
    }
    by_id = "query N($ids: [ID!]!) { nodes(ids: $ids) { id ... on MatchingSettings { version } } }"
    data = await api.ask(by_id, {"ids": [own["id"], encode(Tenant, world.tenant.id + 1)]})
    assert data["nodes"] == [{"id": own["id"], "version": 1}, None]

    back = await api.run(
        "saveMatchingSettings", {"settings": {"threshold": None, "weights": None}}, SETTINGS, actor=world.admin
    )
    assert back["settings"]["threshold"] == own["threshold"]
    assert back["settings"]["weights"] == own["weights"]
    assert back["settings"]["autoSelect"] == "CONFIDENT"


async def test_problems_are_typed(api: Api, world: World) -> None:
    """All wrong fields at once, a role that is missing, and the current settings for a stale version."""
    wrong = {"threshold": 99, "weights": [{"kind": "NAME", "agree": 9}], "defaultCountry": "ZZ"}
    invalid = await api.run("saveMatchingSettings", {"settings": wrong}, actor=world.admin)
    assert [(each["code"], each["path"]) for each in invalid["errors"]] == [
        ("INVALID_FIELD", ["input", "settings", "threshold"]),
        ("INVALID_FIELD", ["input", "settings", "weights", "0", "agree"]),
        ("INVALID_FIELD", ["input", "settings", "defaultCountry"]),
    ]
    assert invalid["errors"][0]["message"] == "threshold hat einen unzulässigen Wert (-20 … 20)."

    agent = await api.run("saveMatchingSettings", {"settings": {"threshold": 1}}, SETTINGS)
    assert (agent["settings"], [each["code"] for each in agent["errors"]]) == (None, ["FORBIDDEN"])

    await api.run("saveMatchingSettings", {"settings": {"threshold": 1}}, actor=world.admin)
    stale = await api.ask(
        """mutation S($input: SaveMatchingSettingsInput!) { saveMatchingSettings(input: $input) { errors {
          ... on StaleError { code currentVersion current { ... on MatchingSettings { threshold } } } } } }""",
        {"input": {"settings": {"threshold": 2}, "expectedVersion": 0}},
        actor=world.admin,
    )
    assert stale["saveMatchingSettings"]["errors"] == [
        {"code": "STALE", "currentVersion": 1, "current": {"threshold": 1.0}}
    ]


async def test_saved_settings_work_at_once(api: Api, world: World) -> None:
    """The next operation of the same process looks up by them, and a retry with the same key saves nothing more."""
    await world.add_account(name="Elbe Maschinenbau GmbH")
    lead = await world.add_lead(company="Elbe Maschinenbau")
    verdict = "query V($id: ID!) { lead(id: $id) { accountMatches { verdict } } }"
    assert (await api.ask(verdict, {"id": gid(lead)}))["lead"]["accountMatches"] == {"verdict": "SIMILAR"}

    given = {"settings": {"threshold": 19.5}, "idempotencyKey": "once"}
    first = await api.run("saveMatchingSettings", given, SETTINGS, actor=world.admin)
    assert first == await api.run("saveMatchingSettings", given, SETTINGS, actor=world.admin)

    assert (await api.ask(verdict, {"id": gid(lead)}))["lead"]["accountMatches"] == {"verdict": "NONE"}


async def test_settings_are_tried_out_before_they_are_saved(api: Api, world: World) -> None:
    """The example shows the lead with both outcomes; nothing is saved."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH")
    lead = await world.add_lead(company="Elbe Maschinenbau")
    await world.add_lead(company="Ganz Neu", type_id=world.general.id)

    data = await api.ask(PREVIEW, {"input": {"settings": {"threshold": 19.5}}}, actor=world.admin)

    preview = data["previewMatchingSettings"]["preview"]
    [example] = preview.pop("examples")
    assert preview == {
        "leads": 2,
        "changedLeads": 1,
        "changedVerdicts": 1,
        "changedTops": 1,
        "changedChoices": 0,
        "chosenBefore": 0,
        "chosenAfter": 0,
    }
    assert (example["kind"], example["lead"]) == ("ACCOUNT", {"id": gid(lead)})
    assert example["before"]["top"] == {"id": encode(type(account), account.id)}
    assert example["before"]["verdict"] == "SIMILAR"
    assert example["after"] == {"verdict": "NONE", "topScore": None, "top": None, "chosen": None}
    filtered = {"settings": {"threshold": 19.5}, "filter": {"typeIds": [gid(world.general)]}, "count": 5}
    data = await api.ask(PREVIEW, {"input": filtered}, actor=world.admin)
    assert data["previewMatchingSettings"]["preview"]["leads"] == 1
    assert (await api.ask("{ matchingSettings { version } }"))["matchingSettings"] == {"version": 0}


async def test_trying_out_answers_with_typed_problems(api: Api, world: World) -> None:
    """Invalid settings, too many leads, no administrator."""
    given = {"settings": {"threshold": 99}, "count": 1000}

    data = await api.ask(PREVIEW, {"input": given}, actor=world.admin)
    forbidden = await api.ask(PREVIEW, {"input": given}, actor=world.manager)

    answer = data["previewMatchingSettings"]
    assert answer["preview"] is None
    assert [(each["code"], each["path"]) for each in answer["errors"]] == [
        ("INVALID_FIELD", ["input", "settings", "threshold"]),
        ("INVALID_FIELD", ["input", "count"]),
    ]
    assert [each["code"] for each in forbidden["previewMatchingSettings"]["errors"]] == ["FORBIDDEN"]
