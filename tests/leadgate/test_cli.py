"""The command line, run as a program runs it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leadgate.cli import COMMANDS, main
from leadgate.tokens import read_token

SECRET = "a secret of at least 32 bytes, really"
EXPORTED = Path(__file__).parents[2] / "schema.graphql"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Give the URL of a database that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/cli.sqlite3"


def _run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment or None)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps(command: str) -> None:
    """Each can be loaded and says what it does."""
    result = _run(command, "--help")

    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_an_unknown_command_is_refused() -> None:
    """With the usual message."""
    assert "No such command" in _run("nonsense").output


def test_a_tenant_is_made_listed_and_acted_for(url: str) -> None:
    """From an empty folder to a token that names the tenant's administrator."""
    assert _run("db", "upgrade", "--database", url).exit_code == 0
    assert _run("db", "upgrade", "--database", url).exit_code == 0
    made = _run("tenant", "create", "Autohaus Nord", "--admin", "Karin Albers", "karin@nord.example", "--database", url)
    assert made.output.startswith("tenant 1, user ")
    user = made.output.split()[-1]
    listed = _run("tenant", "list", LEADGATE_DATABASE=url).output
    assert "1  Autohaus Nord" in listed
    assert f"{user}  Karin Albers <karin@nord.example> (admin, agent, manager)" in listed

    token = _run("token", "--tenant", "1", "--user", user, LEADGATE_DATABASE=url, LEADGATE_SECRET=SECRET)
    claims = read_token(SECRET.encode(), token.output.strip())
    assert claims is not None
    assert (claims.tenant_id, str(claims.user_id)) == (1, user)


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (("token", "--tenant", "1", "--user", "5"), {}, "LEADGATE_SECRET is not set"),
        (("token", "--tenant", "1", "--user", "5"), {"LEADGATE_SECRET": "short"}, "5 bytes long"),
        (("token", "--tenant", "1", "--user", "5"), {"LEADGATE_SECRET": SECRET}, "no active user 5"),
        (("serve",), {}, "LEADGATE_SECRET is not set"),
        (("token", "--tenant", "1"), {}, "Missing option '--user'"),
    ],
)
def test_what_cannot_be_done_is_said(
    url: str, arguments: tuple[str, ...], environment: dict[str, str], message: str
) -> None:
    """In one sentence, with a failing exit code and no traceback."""
    _run("db", "upgrade", "--database", url)
    result = _run(*arguments, LEADGATE_DATABASE=url, **environment)

    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output


def test_the_schema_is_exported() -> None:
    """As the repository keeps it."""
    assert _run("schema", "export").output == EXPORTED.read_text()
