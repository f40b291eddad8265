"""The command: what it says, and with which code it ends."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.engine import Database
from leadgate.cli_import import import_command
from services.backend import Backend
from services.tenants import add_lead_type, create_tenant


@pytest.fixture
def url(database_url: str) -> str:
    """Give the URL of a database with one tenant."""
    add_tenant(database_url, "Autohaus Nord")
    return database_url


def add_tenant(url: str, name: str) -> None:
    """Make a tenant with one lead type."""

    async def add() -> None:
        database = Database(url)
        backend = Backend(database=database, secret=b"secret")
        tenant = await create_tenant(backend, name)
        await add_lead_type(backend, tenant, "web", "Web form")
        await database.close()

    asyncio.run(add())


def run(url: str, *arguments: str | Path) -> Result:
    """Run the command as the shell would."""
    return CliRunner().invoke(import_command, ["--database", url, *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file of two accounts."""
    path = tmp_path / "firmen.csv"
    path.write_text("Firma;Ort\nBär GmbH;Plauen\nWeiß OHG;Köln\n")
    return path


def test_a_clean_import_ends_with_0(url: str, file: Path) -> None:
    """The summary counts the rows, and the columns that were used are told."""
    first, again = run(url, "accounts", file), run(url, "accounts", file)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout == "created 2, updated 0, unchanged 0, rejected 0\n"
    assert again.stdout == "created 0, updated 0, unchanged 2, rejected 0\n"
    assert "name ← Firma, city ← Ort" in first.stderr


def test_rejected_rows_end_with_1(url: str, file: Path) -> None:
    """The rejects file lies beside the imported one, and the summary names it."""
    file.write_text("Firma;Ort\n;Plauen\nWeiß OHG;Köln\n")

    result = run(url, "accounts", file)

    rejects = file.with_name("firmen.csv.rejects.csv")
    assert result.exit_code == 1
    assert result.stdout == f"created 1, updated 0, unchanged 0, rejected 1 (listed in {rejects})\n"
    assert rejects.read_text("utf-8-sig").splitlines() == ["line,field,reason", "2,name,name is required."]


@pytest.mark.parametrize("content", [None, "", "<adf>", "foo;bar\n1;2\n"])
def test_a_file_that_cannot_be_read_ends_with_2(url: str, tmp_path: Path, content: str | None) -> None:
    """The reason goes to the error output, nothing is claimed to have been written."""
    path = tmp_path / "file.csv"
    if content is not None:
        path.write_text(content)

    result = run(url, "accounts", path)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert str(path) in result.stderr


def test_several_tenants_have_to_be_told_apart(url: str, file: Path) -> None:
    """Without a number the tenants are listed; with one, the rows go to that tenant."""
    add_tenant(url, "Autohaus Süd")

    missing, unknown = run(url, "accounts", file), run(url, "accounts", file, "--tenant", "9")
    right = run(url, "accounts", file, "--tenant", "2")

    assert (missing.exit_code, unknown.exit_code, right.exit_code) == (2, 2, 0)
    assert "1 (Autohaus Nord), 2 (Autohaus Süd)" in missing.stderr


def test_options_reach_the_import(url: str, tmp_path: Path) -> None:
    """Mapping, format, system, lead type and rejects file."""
    path, mapping, rejects = tmp_path / "leads.txt", tmp_path / "map.toml", tmp_path / "no.csv"
    path.write_text('{"Wer": "Bär", "ID": "7"}\n{"Wer": "x", "ID": "8", "mail": "kaputt"}\n')
    mapping.write_text('lastName = "Wer"')
    options = ["--format", "jsonl", "--system", "web", "--lead-type", "WEB"]

    result = run(url, "leads", path, "--mapping", mapping, "--rejects", rejects, *options)

    assert result.stdout == f"created 1, updated 0, unchanged 0, rejected 1 (listed in {rejects})\n"
    assert rejects.exists()


def test_a_database_that_is_not_there_ends_with_2(file: Path, tmp_path: Path) -> None:
    """The operator is told to bring it up to date, not shown where in the code it failed."""
    result = run(f"sqlite+aiosqlite:///{tmp_path}/new.sqlite3", "accounts", file)

    assert result.exit_code == 2
    assert "leadgate db upgrade" in result.stderr
