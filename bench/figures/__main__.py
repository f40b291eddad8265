"""``python -m bench.figures``: tables and plots of what was measured, written into the documentation."""

from collections.abc import Sequence
from pathlib import Path

import click

_file = click.Path(path_type=Path, exists=True, dir_okay=False)
_folder = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--quality", type=_file, multiple=True, help="The JSON of a run of bench.quality; as many as there are.")
@click.option("--speed", type=_file, multiple=True, help="The JSON of a run of bench.speed; as many as there are.")
@click.option("--out", type=_folder, default="docs/figures", show_default=True, help="Where plots and summary go.")
@click.option("--page", type=_file, default="docs/matching.md", show_default=True, help="The page that shows them.")
def main(quality: Sequence[Path], speed: Sequence[Path], out: Path, page: Path) -> None:
    """Draw the plots, and write the tables into the page, from these runs and no others.

    What they found is kept as summary.json beside the plots; without any runs, everything is made anew from that.
    """
    from bench.figures.writing import read_runs, read_summary, write_figures

    summary = read_runs(quality, speed) if quality or speed else read_summary(out)
    if summary is None:
        raise click.UsageError(f"There is no summary in {out} yet: name the runs with --quality and --speed.")
    try:
        written = write_figures(summary, out, page)
    except ValueError as error:
        raise click.ClickException(f"{page}: {error}") from error
    for path in written:
        click.echo(path)


if __name__ == "__main__":
    main()
