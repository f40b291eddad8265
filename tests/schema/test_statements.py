"""However many leads a page has, and however much is selected below them, the number of SQL statements is the same."""

import pytest

from tests.support.api import Api
from tests.support.factories import make_account, make_contact, make_lead
from tests.support.statements import count_statements
from tests.support.world import World

EVERYTHING = """
fragment Matches on AccountMatches {
  verdict totalCount
  edges {
    rank score band
    evidence { kind code bits message }
    diffs { field status leadValue { text } existingValue { text } }
    node {
      name owner { name } externalIds { system }
      contacts(first: 3) { totalCount nodes { lastName } }
      cases(last: 2) { totalCount nodes { number type { name } assignee { name } leads { subject } } }
    }
  }
}
query Page($first: Int!) {
  leads(first: $first) {
    totalCount
    nodes {
      status
      type { name caseTypes { name } }
      assigneeSuggestion { name }
      accountMatches { ...Matches }
      contactMatches {
        verdict
        edges { score diffs { field } node { lastName account { name } cases { nodes { number } } } }
      }
      acceptance {
        status
        holder { name }
        steps { kind state decidedBy }
        remainingDecisions {
          __typename
          ... on ChooseAccountDecision { matches { ...Matches } }
          ... on ChooseCaseDecision { caseTypes { name } defaultAssignee { name } openCases { number } }
        }
        plannedChanges { record { id } changes { field oldValue { text } newValue { text } } }
      }
      result { account { name } case { number } }
      history { totalCount nodes { kind user { name } record { id } } }
    }
  }
}
"""


async def add_leads(world: World, count: int) -> None:
    """Leads, each of a firm of its own that exists with a contact and an open case, and whose details differ."""
    tenant, agent = world.tenant.id, world.agent.user_id
    accounts = [
        make_account(tenant_id=tenant, name=f"{_firm(n)} GmbH", emails=(f"info@zahn{n}.example",), owner_id=agent)
        for n in range(count)
    ]
    contacts = [
        make_contact(each, tenant_id=tenant, first_name="Ida", last_name=f"Falk{n:03}", emails=(f"i@zahn{n}.example",))
        for n, each in enumerate(accounts)
    ]
    leads = [
        make_lead(
            tenant_id=tenant,
            type_id=world.enquiry.id,
            company=_firm(n),
            first_name="Ida",
            last_name=f"Falk{n:03}",
            emails=(f"i@zahn{n}.example",),
            phones=(f"+49 351 55{n:04}",),
            assignee_suggestion_id=world.colleague.user_id,
        )
        for n in range(count)
    ]
    await world.give(*accounts, *contacts, *leads)
    for number, contact in enumerate(contacts):
        await world.add_case(contact, number=1_000 + number)


def _firm(number: int) -> str:
    return f"Mahlzahn {number:03} Anlagenbau"


async def test_a_page_costs_the_same_number_of_statements_at_any_length(api: Api, world: World) -> None:
    """Pages of 1, 10 and 100 leads with everything below them run as many statements, give or take a shared one."""
    await add_leads(world, 100)
    await api.ask("{ viewer { user { name } } }")  # Who asks is remembered from here on.
    counts = {}
    for first in (1, 10, 100):
        with count_statements(world.backend.database) as statements:
            data = await api.ask(EVERYTHING, {"first": first})
        assert len(data["leads"]["nodes"]) == first
        assert all(node["accountMatches"]["edges"] for node in data["leads"]["nodes"])
        assert all(node["history"]["totalCount"] == 1 for node in data["leads"]["nodes"])
        counts[first] = len(statements)

    # Two selections that ask one loader for different records meet in one batch or just miss each other.
    assert max(counts.values()) - min(counts.values()) <= 1, counts


@pytest.mark.parametrize("length", [2, 7, 100])
async def test_both_kinds_of_matches_and_the_acceptance_share_one_look_up(api: Api, world: World, length: int) -> None:
    """Selecting contact matches and the acceptance beside account matches adds no similarity look-up."""
    await add_leads(world, length)

    async def look_ups(selection: str) -> int:
        with count_statements(world.backend.database) as statements:
            await api.ask(f"{{ leads(first: 100) {{ nodes {{ {selection} }} }} }}")
        return sum("match_keys" in each for each in statements)

    alone = await look_ups("accountMatches { verdict }")
    together = await look_ups("accountMatches { verdict } contactMatches { verdict } acceptance { status }")

    assert alone == together > 0


@pytest.mark.parametrize(
    ("without", "more", "statements"),
    [
        ("leads { nodes { subject } }", "leads { totalCount nodes { subject } }", 1),
        (
            "accounts { nodes { contacts { nodes { lastName } } } }",
            "accounts { nodes { contacts { totalCount nodes { lastName } } } }",
            1,
        ),
        (
            "leads { nodes { accountMatches { edges { score evidence { message } } } } }",
            "leads { nodes { accountMatches { edges { score evidence { message } diffs { field } } } } }",
            1,
        ),
    ],
    ids=["count", "nested count", "differences"],
)
async def test_what_is_not_asked_for_is_not_computed(
    api: Api, world: World, without: str, more: str, statements: int
) -> None:
    """Whole lists are counted, and records read to be held against the lead, only where that is selected."""
    await add_leads(world, 5)
    counts = []
    for selected in (more, without, more):
        with count_statements(world.backend.database) as run:
            await api.ask(f"{{ {selected} }}")
        counts.append(len(run))

    assert counts[2] - counts[1] == statements
