"""``python -m bench.quality``: the product's matching measured on labelled sets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from bench.engines import ENGINES

# The measuring takes seconds to import, and --help does not need it: it is imported where it begins.
if TYPE_CHECKING:
    from bench.quality.sources import Sources
    from services.matching.weights import Weights

_file = click.Path(path_type=Path, exists=True, dir_okay=False)
_folder = click.Path(path_type=Path, exists=True, file_okay=False)


class _Options(TypedDict):
    """The options that say what to measure, and on what."""

    data: Path | None
    accounts: int
    privates: int | None
    leads: int
    seed: int
    references: Path | None
    queries: Path | None
    truth: Path | None
    mapping: Path | None
    weights: Path | None
    has_leads: bool


_FILES: tuple[Literal["references", "queries", "truth", "mapping"], ...] = (
    "references",
    "queries",
    "truth",
    "mapping",
)


@click.command()
@click.option("--sets", "chosen", help="Only these, with commas between them: febrl4,crm.  [default: all there are]")
@click.option("--data", type=_folder, help="A folder with fodors_zagats, historical, name_bench, or some of them.")
@click.option("--accounts", type=click.IntRange(1), default=20_000, show_default=True, help="Companies of the CRM.")
@click.option("--privates", type=click.IntRange(1), help="Its private persons.  [default: three for ten companies]")
@click.option("--leads", type=click.IntRange(1), default=2_000, show_default=True, help="Leads for the CRM.")
@click.option("--seed", default=2026, show_default=True, help="Another seed gives another CRM.")
@click.option("--reference", "references", type=_file, help="Own data: the records (CSV).")
@click.option("--queries", type=_file, help="Own data: what to look up (CSV).")
@click.option("--truth", type=_file, help="Own data: query id, reference id (CSV).")
@click.option("--mapping", type=_file, help="Own data: what the columns are (TOML, see bench/quality/sets/files.py).")
@click.option("--limit", type=click.IntRange(1), help="At most so many queries of a set.  [default: all]")
@click.option("--mistakes", default=0, show_default=True, help="Tell so many of each kind of mistake in a set.")
@click.option("--peers", "has_peers", is_flag=True, help="Measure other methods on the same queries as well.")
@click.option("--peer-queries", default=500, show_default=True, help="So many queries of every view, with --peers.")
@click.option("--weights", type=_file, help="Weights to try, as `leadgate matching estimate` writes them.")
@click.option("--with-leads", "has_leads", is_flag=True, help="Write the queries as leads as well, to estimate from.")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="sqlite", show_default=True)
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the databases here, and use them.")
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures here as well.")
def main(
    *,
    chosen: str | None,
    limit: int | None,
    mistakes: int,
    has_peers: bool,
    peer_queries: int,
    engine: str,
    keep: Path | None,
    path: Path | None,
    **options: Unpack[_Options],
) -> None:
    """Measure how often the right record is found, and print what came of it.

    Databases are built anew for every run, unless --keep names a folder for them; what lies there is used as long as
    neither the records nor the code that indexes them have changed.
    """
    from bench.quality.measuring import Plan
    from bench.quality.report import print_run, to_json
    from bench.quality.running import measure
    from services.importing.rows import UnreadableFile

    sources = _sources(**options)
    names = _choose(chosen, sources)
    with _folder_of(keep) as folder:
        plan = Plan(
            engine=engine,
            folder=folder,
            limit=limit,
            mistakes=mistakes,
            weights=_weights(options["weights"]),
            has_leads=options["has_leads"],
        )
        try:
            run = measure(sources, names, plan, peer_queries if has_peers else 0, _say)
        except UnreadableFile as error:
            raise click.ClickException(str(error)) from error
    print_run(run)
    if path is not None:
        path.write_text(json.dumps({"engine": engine, **to_json(run)}, indent=2) + "\n")


def _weights(path: Path | None) -> "Weights":
    from services.matching.weights_file import SHIPPED, WrongWeightsError, parse_weights

    if path is None:
        return SHIPPED.weights
    try:
        return parse_weights(path.read_text(encoding="utf-8")).weights
    except (WrongWeightsError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path} cannot be used:\n{error}") from None


def _say(line: str) -> None:
    click.echo(f"  {line}", err=True)


def _sources(**options: Unpack[_Options]) -> "Sources":
    from bench.quality.sets.files import Files
    from bench.quality.sources import Sources

    files = [options[name] for name in _FILES]
    if any(files) and not all(files):
        raise click.UsageError("Own data take all of --reference, --queries, --truth and --mapping.")
    paths = [each for each in files if each is not None]
    return Sources(
        accounts=options["accounts"],
        privates=options["privates"],
        leads=options["leads"],
        seed=options["seed"],
        data=options["data"],
        files=Files(*paths) if paths else None,
    )


def _choose(chosen: str | None, sources: "Sources") -> list[str]:
    known = sources.names()
    names = known if chosen is None else [each.strip() for each in chosen.split(",")]
    unknown = [each for each in names if each not in known]
    if unknown:
        raise click.UsageError(f"No set is called {unknown[0]}; there are: {', '.join(known)}. Some need --data.")
    return names


@contextmanager
def _folder_of(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep.absolute()
    else:
        with TemporaryDirectory(prefix="leadgate-quality-") as name:
            yield Path(name)


if __name__ == "__main__":
    main()
