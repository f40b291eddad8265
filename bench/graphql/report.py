"""What a run found: as a table, as JSON, and as blocks of docs/performance.md."""

from dataclasses import asdict, dataclass
from typing import Any

from bench.graphql.acceptance import Page
from bench.graphql.load import Measured

NAMES = {
    "leadgate": "Leadgate",
    "leadgate-stock": "Leadgate, stock executor",
    "strawberry": "Strawberry as it comes",
    "starlette": "Starlette and orjson, no GraphQL",
    "apollo": "Apollo Server",
    "yoga": "GraphQL Yoga",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What Leadgate must not exceed: milliseconds of CPU, and a multiple of a peer's."""

    milliseconds: float
    peer: str
    ratio: float


GOALS = {
    "hello": Goal(milliseconds=0.15, peer="starlette", ratio=2.7),
    "list": Goal(milliseconds=0.40, peer="yoga", ratio=0.45),
    "loaders": Goal(milliseconds=1.0, peer="yoga", ratio=0.9),
}
PAGE_GOAL_MS = 150.0
_TITLES = {"hello": "`hello`", "list": "100 items of 10 scalars", "loaders": "and one loader field each"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: by server and query, and the acceptance page if it was measured."""

    servers: dict[str, dict[str, Measured]]
    page: Page | None = None

    def ratio(self, query: str) -> float:
        """Leadgate's CPU as a multiple of the peer's that the goal names."""
        peer = self.servers[GOALS[query].peer]
        return self.servers["leadgate"][query].cpu_ms / peer[query].cpu_ms


def to_json(run: Run) -> dict[str, Any]:
    """Everything, for programs."""
    ratios = {query: run.ratio(query) for query in GOALS if GOALS[query].peer in run.servers}
    return {**asdict(run), "ratios": ratios}


def servers_table(run: Run) -> str:
    """Milliseconds of CPU for each request; in brackets requests a second, and the 99th percentile of their time."""
    lines = [f"| server | {' | '.join(_TITLES.values())} |", "|---|---|---|---|"]
    for name, measured in run.servers.items():
        cells = [
            f"**{each.cpu_ms:.2f}** ({each.per_second:,.0f}/s, {each.p99_ms:.0f} ms)"
            for each in (measured[query] for query in _TITLES)
        ]
        lines.append(f"| {NAMES[name]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def goals_table(run: Run) -> str:
    """What was to be reached, and what was."""
    lines = ["| | goal | measured | goal | measured |", "|---|---|---|---|---|"]
    for query, goal in GOALS.items():
        if goal.peer not in run.servers:
            continue
        cpu = run.servers["leadgate"][query].cpu_ms
        lines.append(
            f"| {_TITLES[query]} | ≤ {goal.milliseconds:.2f} ms | {cpu:.2f} ms "
            f"| ≤ {goal.ratio} times {NAMES[goal.peer]} | {run.ratio(query):.2f} times |"
        )
    if run.page is not None:
        page = run.page
        faster = page.cpu_ms["stock"] / page.cpu_ms["fast"]
        lines.append(
            f"| acceptance page, {page.accounts:,} accounts | ≤ {PAGE_GOAL_MS:.0f} ms | {page.cpu_ms['fast']:.0f} ms "
            f"| | stock executor {page.cpu_ms['stock']:.0f} ms ({faster:.1f} times), {page.candidates} candidates |"
        )
    return "\n".join(lines)


def blocks(run: Run) -> dict[str, str]:
    """What docs/performance.md shows."""
    return {"servers": servers_table(run), "goals": goals_table(run)}
