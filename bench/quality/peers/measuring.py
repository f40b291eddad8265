"""The peers measured on the very queries that the product was asked, with the product beside them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice

from bench.fields import Fields, account_fields, contact_fields, lead_account_fields, lead_contact_fields
from bench.quality.measuring import Measured, Say
from bench.quality.metrics import Answer, Figures, measure
from bench.quality.model import LabelledSet, Query, View
from bench.quality.peers.model import Found, Task
from domain.records import Account

PEERS: Mapping[str, str] = {
    "rapidfuzz WRatio": "brute_force:by_wratio",
    "rapidfuzz token_set": "brute_force:by_token_set",
    "recordlinkage": "record_linkage:rank",
    "Splink (EM)": "by_splink:rank",
    "pg_trgm": "trigrams:rank",
}
"""By name: where it is."""
OURS = "Leadgate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A way of finding, measured on some queries of a set; without figures where it was not, and ``why``.

    ``ready``: seconds until it could be asked.
    """

    set_name: str
    view: View
    method: str
    figures: Figures | None = None
    milliseconds: float | None = None
    ready: float | None = None
    why: str = ""


def compare(
    labelled: LabelledSet, measured: Measured, most: int, say: Say, peers: Mapping[str, str] = PEERS
) -> Iterator[Compared]:
    """The product and all peers on the first ``most`` queries of every view of the set.

    A peer that is not installed, or cannot work here, is among them with the reason.
    """
    accounts = list(labelled.accounts())
    for view, answers in measured.answers.items():
        queries = list(islice((each for each in labelled.queries if view in each.truth), min(most, len(answers))))
        yield Compared(
            set_name=labelled.name,
            view=view,
            method=OURS,
            figures=measure(answers[: len(queries)]),
            milliseconds=measured.milliseconds,
            ready=measured.build_seconds,
        )
        ids, task = _task(labelled, accounts, view, queries)
        for name, place in peers.items():
            compared = _compare_with(name, place, task, ids, (labelled.name, view, queries))
            say(f"{labelled.name}, {view.value}: {name} {compared.why or f'{compared.milliseconds:.1f} ms each'}")
            yield compared


def _task(
    labelled: LabelledSet, accounts: Sequence[Account], view: View, queries: Sequence[Query]
) -> tuple[list[int], Task]:
    """The ids of the references, and the task in texts. A query that the import refused has none."""
    records = accounts if view is View.ACCOUNTS else list(labelled.contacts())
    names = {each.id: each.name for each in accounts}
    references = [
        account_fields(each) if isinstance(each, Account) else contact_fields(each, names.get(each.account_id))
        for each in records
    ]
    to_fields = lead_account_fields if view is View.ACCOUNTS else lead_contact_fields
    asked: list[Fields] = [to_fields(each.lead) if each.lead is not None else {} for each in queries]
    return [each.id for each in records], Task(references, asked)


def _compare_with(
    name: str, place: str, task: Task, ids: Sequence[int], asked: tuple[str, View, Sequence[Query]]
) -> Compared:
    set_name, view, queries = asked
    try:
        found = _load(place)(task)
    except ImportError as error:
        why = f"not measured: {error}; `make peers` installs the peers"
        return Compared(set_name=set_name, view=view, method=name, why=why)
    except Exception as error:  # noqa: BLE001 - whatever others' code raises must not lose the figures of a long run
        return Compared(set_name=set_name, view=view, method=name, why=f"not measured: {type(error).__name__}: {error}")
    return Compared(
        set_name=set_name,
        view=view,
        method=name,
        figures=measure(_answers(found, ids, view, queries)),
        milliseconds=1_000 * found.asking / max(1, len(queries)),
        ready=found.ready,
    )


def _load(place: str) -> Callable[[Task], Found]:
    """The function at ``module:name``. Raises ``ImportError`` if what it needs is not installed."""
    module, _, name = place.partition(":")
    function: Callable[[Task], Found] = getattr(import_module(f"bench.quality.peers.{module}"), name)
    return function


def _answers(found: Found, ids: Sequence[int], view: View, queries: Sequence[Query]) -> list[Answer]:
    return [
        Answer(
            mates=query.truth[view],
            found=tuple(ids[place] for place, _ in ranked),
            score=ranked[0][1] if ranked else 0.0,
        )
        for query, ranked in zip(queries, found.ranked, strict=True)
    ]
