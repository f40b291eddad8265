"""The habits of the house, where no other tool watches over them."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
SHIPPED = [name for name in PACKAGES if name not in {"bench", "tests"}]
SOURCES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

LOCKED = {
    "bootstrap": ["bootstrap"],
    "runtime": [],
    "demo": ["graphiql", "build"],
    "dev": ["graphiql", "build", "test", "lint"],
    "peers": ["peers"],
}
"""By lock: the groups that it holds."""
ALONE = {"bootstrap", "peers"}
"""Locks that hold their groups alone; the others hold what the service needs as well."""

MOST_LINES = 400
"""A file should stay under 300 lines; one that passes this has to be divided."""


def name_of(path: Path) -> str:
    """Give a path as it is seen from the root."""
    return path.relative_to(ROOT).as_posix()


def test_every_package_is_layered_typed_and_shipped() -> None:
    """A new package at the root comes under the contracts and the type checker, and is shipped unless for us only."""
    tools = PYPROJECT["tool"]
    [direction] = [each for each in tools["importlinter"]["contracts"] if each["id"] == "direction"]

    assert sorted(direction["layers"]) == PACKAGES
    assert sorted(tools["importlinter"]["root_packages"]) == PACKAGES
    assert sorted(tools["mypy"]["packages"]) == PACKAGES
    assert sorted(tools["ruff"]["lint"]["isort"]["known-first-party"]) == PACKAGES
    assert sorted(tools["hatch"]["build"]["targets"]["wheel"]["packages"]) == SHIPPED


def test_no_dependency_takes_one_of_our_names() -> None:
    """Generic names such as ``schema`` are safe as long as no installed distribution ships a package of that name."""
    distributions = packages_distributions()

    taken = {name: set(distributions.get(name, [])) - {"leadgate"} for name in PACKAGES}

    assert taken == {name: set() for name in PACKAGES}


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_locks_hold_hashes_and_no_addresses(lock: Path) -> None:
    """A lock says what is installed, to the byte; where it comes from is each machine's business."""
    text = lock.read_text()
    requirements = re.findall(r"^[\w.-]+==\S+(?: ;[^\\\n]*)? \\\n {4}--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)

    assert len(requirements) == len(re.findall(r"^[^\s#]", text, re.MULTILINE)) > 0
    assert not re.search(r"://|\bwww\.|\bindex-url|find-links|\w\.(?:org|com|net|io)\b| @ ", text)


@pytest.mark.parametrize(
    "lock", sorted([*ROOT.glob("web/*/package-lock.json"), ROOT / "bench/graphql/peers/package-lock.json"]), ids=name_of
)
def test_locks_of_npm_hold_hashes_and_no_addresses(lock: Path) -> None:
    """Packages for Node are pinned the same way as Python's."""
    packages = json.loads(lock.read_text())["packages"]
    installed = {path: each for path, each in packages.items() if path}

    assert installed
    assert not [path for path, each in installed.items() if "integrity" not in each]
    assert not [path for path, each in installed.items() if "resolved" in each]


@pytest.mark.parametrize(("lock", "groups"), LOCKED.items(), ids=LOCKED)
def test_locks_pin_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    """A dependency that was added or raised in pyproject.toml is locked in the same change (``make lock``)."""
    asked = [] if lock in ALONE else list(PYPROJECT["project"]["dependencies"])
    asked += [each for group in groups for each in PYPROJECT["dependency-groups"][group]]
    pinned = pins_of(lock)

    assert {f"{name}.txt" for name in LOCKED} == {path.name for path in LOCKS}
    for each in map(Requirement, asked):
        assert Version(pinned[canonicalize_name(each.name)]) in each.specifier


def test_what_is_installed_together_is_locked_together() -> None:
    """The demo's environment becomes that of the tests, and that the bench's, without another version of anything."""
    runtime, demo, dev, peers = map(pins_of, ("runtime", "demo", "dev", "peers"))

    assert runtime.items() <= demo.items() <= dev.items()
    assert {name: peers[name] for name in peers.keys() & dev} == {name: dev[name] for name in peers.keys() & dev}


def pins_of(lock: str) -> dict[str, str]:
    """The versions in a lock by name; the last one where the version depends on Python's."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements" / f"{lock}.txt").read_text(), re.MULTILINE))


def test_every_rule_switched_off_says_why() -> None:
    """Each rule that ruff does not apply has its reason on the same line."""
    lint = PYPROJECT["tool"]["ruff"]["lint"]
    ignored = lint["ignore"] + [rule for rules in lint["per-file-ignores"].values() for rule in rules]

    explained = re.findall(r'^ {4}"([A-Z]+\d+)", +# \S.+$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)

    assert explained == ignored


def test_files_are_short() -> None:
    """A file that grows beyond one subject is divided. Migrations are as long as what they change."""
    written = [path for path in SOURCES if "versions" not in path.parts]

    too_long = {name_of(path): lines for path in written if (lines := len(path.read_text().splitlines())) > MOST_LINES}

    assert too_long == {}


def test_every_test_states_the_behaviour_it_is_about() -> None:
    """Every test function has a docstring: a sentence that ends with a full stop."""
    silent = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in SOURCES
        if path.name.startswith("test_")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and not (ast.get_docstring(node) or "").endswith(".")
    ]

    assert silent == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Otherwise ``tests/schema`` would stand in the way of ``schema``."""
    folders = {path.parent for path in SOURCES if path.is_relative_to(ROOT / "tests")}

    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_wheel_carries_all_that_it_needs(tmp_path: Path) -> None:
    """The packed wheel alone, without the working tree, brings a database to the newest migration."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "installed")

    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert sorted(tops) == SHIPPED
    assert {f"{package}/py.typed" for package in SHIPPED} | {"services/matching/weights.toml"} <= set(names)
    upgrade = "import sys; from db import migrations; print(migrations.__file__); migrations.upgrade(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", upgrade, f"sqlite+aiosqlite:///{tmp_path}/shipped.sqlite3"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith(str(tmp_path / "installed"))
    assert (tmp_path / "shipped.sqlite3").stat().st_size > 0
