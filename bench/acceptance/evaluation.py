"""What became of the leads, read over HTTP, and held against the truth."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bench.acceptance.client import Answer, Client, nodes

_RESULTS = """
query Results($after: String) {
  leads(filter: { statuses: [CONVERTED] }, first: 100, after: $after) {
    nodes {
      externalId
      acceptance { steps { kind decidedBy } }
      result {
        contact { externalIds { system value } }
        case { status }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""


class Way(StrEnum):
    """How a lead came to its contact."""

    AUTOMATIC = "automatic"
    SIMILAR = "similar"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A converted lead: its external id, the reference id of its contact (None: a new one), and how it got there."""

    lead: str
    contact: str | None
    way: Way


@dataclass(frozen=True, slots=True)
class Counts:
    """How many leads came to their contact in which way, rightly and wrongly."""

    right: Mapping[Way, int]
    wrong: Mapping[Way, int]

    @property
    def leads(self) -> int:
        """All leads that were converted."""
        return self.on_the_right_contact + sum(self.wrong.values())

    @property
    def on_the_right_contact(self) -> int:
        """The leads that are where they belong."""
        return sum(self.right.values())


async def read_results(client: Client, system: str) -> list[Result]:
    """The results of all converted leads; contacts are named by their external id in this system."""
    return [_result(lead, system) async for lead in nodes(client, "Results", _RESULTS, "leads")]


def _result(lead: Answer, system: str) -> Result:
    ids = {each["system"]: each["value"] for each in lead["result"]["contact"]["externalIds"]}
    deciders = {step["kind"]: step["decidedBy"] for step in lead["acceptance"]["steps"]}
    is_automatic = deciders["CONTACT"] == "AUTO"
    way = Way.NEW if system not in ids else Way.AUTOMATIC if is_automatic else Way.SIMILAR
    return Result(lead=lead["externalId"], contact=ids.get(system), way=way)


def count(results: Iterable[Result], truth: Mapping[str, str]) -> Counts:
    """Count right and wrong; ``truth`` has the contact's reference id by the lead's external id."""
    right: Counter[Way] = Counter()
    wrong: Counter[Way] = Counter()
    for each in results:
        (right if each.contact == truth.get(each.lead) else wrong)[each.way] += 1
    return Counts(right, wrong)


def mistakes(results: Iterable[Result], truth: Mapping[str, str]) -> list[str]:
    """The leads that are not where they belong, a line for each."""
    return [
        f"{each.lead}: {each.way}, on {each.contact or 'a new contact'} instead of {truth.get(each.lead)}"
        for each in results
        if each.contact != truth.get(each.lead)
    ]
