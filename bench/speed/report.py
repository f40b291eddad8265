"""The figures of a run, as a table for people and as JSON for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.bulk import Built
from bench.speed.changes import Upkeep, Writers
from bench.speed.lookups import Lookups
from bench.speed.peers import PeerTimes
from bench.speed.sizes import Sizes
from bench.speed.times import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was measured on one database."""

    engine: str
    built: Built
    lookups: Sequence[Lookups]
    upkeep: Upkeep
    writers: Sequence[Writers]
    sizes: Sizes
    trigrams: PeerTimes | None = None


def to_json(run: Run) -> dict[str, Any]:
    """The run as plain values; times in milliseconds, but for ``index_seconds``."""
    return {
        **asdict(run),
        "bytes_per_account": {
            "index": run.sizes.index / run.built.accounts,
            "all": run.sizes.all_tables / run.built.accounts,
        },
    }


def to_table(run: Run) -> str:
    """The run as lines to be read."""
    return "\n".join(
        [
            *_head(run),
            "",
            *_lookup_lines(run),
            "",
            *_part_lines(run),
            "",
            *_change_lines(run),
            *_size(run),
            *_peer_lines(run),
        ]
    )


def _head(run: Run) -> Iterator[str]:
    built = run.built
    yield f"{run.engine}: {built.accounts:,} accounts, {built.contacts:,} contacts"
    if built.index_seconds is not None and built.index_cpu is not None:
        each = 1000 * built.index_seconds / built.records
        yield f"index built in {built.index_seconds:.1f} s ({built.index_cpu:.1f} s of CPU), {each:.3f} ms a record"


def _lookup_lines(run: Run) -> Iterator[str]:
    yield f"{'look-up, ms per lead':<26}{_TITLES}{'statements':>12}{'at most':>9}"
    for each in run.lookups:
        name = f"in batches of {each.size}"
        yield f"{name:<26}{_row(each.times)}{each.statements:>12.1f}{each.most_statements:>9}"


def _part_lines(run: Run) -> Iterator[str]:
    yield f"{'of which (mean)':<26}" + "".join(f"{f'of {each.size}':>8}" for each in run.lookups)
    for name in run.lookups[0].parts if run.lookups else ():
        yield f"{name:<26}" + "".join(f"{each.parts[name]:>8.2f}" for each in run.lookups)


def _change_lines(run: Run) -> Iterator[str]:
    yield f"{'changes, ms per record':<26}{_TITLES}{'per second':>12}"
    yield f"{'upkeep of the index':<26}{_row(run.upkeep.index)}"
    yield f"{'with its transaction':<26}{_row(run.upkeep.transaction)}"
    for each in run.writers:
        name = f"{each.writers} {'writer' if each.writers == 1 else 'writers at once'}"
        yield f"{name:<26}{_row(each.times)}{each.per_second:>12,.0f}"


def _size(run: Run) -> Iterator[str]:
    yield ""
    yield f"{'bytes':<26}{'MB':>9}{'per account':>13}"
    for name, size in (*run.sizes.tables.items(), ("the index", run.sizes.index), ("all", run.sizes.all_tables)):
        yield f"{name:<26}{size / 1e6:>9,.1f}{size / run.built.accounts:>13,.0f}"


def _peer_lines(run: Run) -> Iterator[str]:
    peer = run.trigrams
    if peer is not None:
        size = f"{peer.size / run.built.accounts:,.0f} bytes per account"
        yield ""
        yield f"{'pg_trgm, ms per lead':<26}{_TITLES}"
        yield f"{'one at a time':<26}{_row(peer.times)}"
        yield f"its index was built in {peer.index_seconds:.1f} s; {size}, texts included"


_TITLES = f"{'count':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'CPU':>9}"


def _row(times: Figures) -> str:
    return f"{times.count:>8,}{times.p50:>9.2f}{times.p95:>9.2f}{times.p99:>9.2f}{times.cpu:>9.2f}"
