"""The secret that signs tokens: given from outside or, for the demo, kept beside its database."""

import secrets
from pathlib import Path

from sqlalchemy import make_url

from leadgate.settings import MIN_SECRET, Settings


class MissingSecretError(Exception):
    """There is no secret to sign with, or it is too short."""


def read_secret(settings: Settings) -> bytes:
    """The secret, at least 32 bytes. Raises ``MissingSecretError``."""
    if settings.secret is None:
        if settings.is_demo:
            return _demo_secret(settings.database)
        raise MissingSecretError(
            f"LEADGATE_SECRET is not set. It signs the users' tokens: a random text of at least {MIN_SECRET} bytes."
        )
    secret = settings.secret.get_secret_value().encode()
    if len(secret) < MIN_SECRET:
        raise MissingSecretError(f"LEADGATE_SECRET is {len(secret)} bytes long; it needs at least {MIN_SECRET}.")
    return secret


def _demo_secret(database: str) -> bytes:
    """The demo's secret, made when it is first needed; without a database file it lives as long as the process."""
    url = make_url(database)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return secrets.token_bytes(MIN_SECRET)
    path = Path(url.database).with_name("secret")
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(MIN_SECRET))
    return path.read_text().encode()
