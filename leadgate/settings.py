"""What the service is told from outside: environment variables that begin with ``LEADGATE_``."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE = "sqlite+aiosqlite:///leadgate.sqlite3"
MIN_SECRET = 32


class Settings(BaseSettings):
    """The settings of one process. ``secret`` signs tokens and keys hashes; it is needed outside the demo."""

    model_config = SettingsConfigDict(env_prefix="LEADGATE_", frozen=True)

    database: str = DEFAULT_DATABASE
    secret: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    is_demo: bool = False
    pool_size: int = Field(default=8, ge=1)
    upkeep_seconds: float = Field(default=5.0, gt=0)
    """How often key frequencies are folded and old idempotency answers forgotten."""
