"""From the JSON of runs to the files of the documentation."""

import json
from collections.abc import Iterable
from os.path import relpath
from pathlib import Path

from bench.figures.page import write_blocks
from bench.figures.plots import draw_all
from bench.figures.summary import Summary, from_text, summarise, to_text
from bench.figures.tables import (
    goals_table,
    lines_table,
    names_table,
    parts_table,
    peers_table,
    sets_table,
    speed_table,
)

SUMMARY = "summary.json"
_CAPTIONS = {
    "precision-recall.svg": "Precision over recall at every threshold, on the same queries; what is below 0.4 is cut.",
    "recall-by-size.svg": "Recall over the size of the generated CRM; the peers' on the queries that they were asked.",
    "time-by-size.svg": "Milliseconds per lead over the size of the generated CRM.",
    "waterfall.svg": "What the score of one generated lead with its record is made of.",
}


def read_runs(quality: Iterable[Path], speed: Iterable[Path]) -> Summary:
    """What the runs found, whose JSON is in these files."""
    return summarise(*([json.loads(path.read_text(encoding="utf-8")) for path in paths] for paths in (quality, speed)))


def read_summary(folder: Path) -> Summary | None:
    """The summary that was kept in the folder; None if there is none yet."""
    path = folder / SUMMARY
    return from_text(path.read_text(encoding="utf-8")) if path.exists() else None


def make_blocks(summary: Summary, folder: str) -> dict[str, str]:
    """What the page shows, by the names of its blocks; ``folder`` is where the plots are, as the page sees it."""
    images = [f"![{_CAPTIONS[name]}]({folder}/{name})" for name in draw_all(summary)]
    return {
        "goals": goals_table(summary),
        "plots": "\n\n".join(images),
        "sets": sets_table(summary),
        "peers": peers_table(summary),
        "names": names_table(summary),
        "lines": lines_table(summary),
        "speed": speed_table(summary),
        "parts": parts_table(summary),
    }


def write_figures(summary: Summary, folder: Path, page: Path) -> list[Path]:
    """Write the summary, the plots (and no others) and the page's blocks; returns the files.

    Raises ``ValueError`` if the page has other blocks.
    """
    text = page.read_text(encoding="utf-8")
    place = relpath(folder, page.parent).replace("\\", "/")
    files = {page: write_blocks(text, make_blocks(summary, place)), folder / SUMMARY: to_text(summary)}
    files |= {folder / name: picture for name, picture in draw_all(summary).items()}
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.svg"):
        path.unlink()
    for path, content in files.items():
        path.write_text(content, encoding="utf-8")
    return list(files)
