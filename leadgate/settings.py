"""What the service is told from outside: environment variables that begin with ``LEADGATE_``."""

from typing import Annotated, Self
from urllib.parse import urlsplit

import limits
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from leadgate.rates import IN_MEMORY, Rates
from schema.http.origins import Origins
from schema.http.serving import Serving

DEFAULT_DATABASE = "sqlite+aiosqlite:///leadgate.sqlite3"
MIN_SECRET = 32
USER_RATE = "1200/minute"
TENANT_RATE = "12000/minute"
UNLIMITED = "none"


def _words(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or f"{parts.scheme}://{parts.netloc}" != value:
        raise ValueError(f"{value!r} is no origin: it has to be like https://crm.example or http://localhost:5173")
    return value


def _rate(value: str) -> str:
    if value != UNLIMITED:
        limits.parse(value)
    return value


Origin = Annotated[str, AfterValidator(_origin)]
Rate = Annotated[str, AfterValidator(_rate)]


class Settings(BaseSettings):
    """The settings of one process. ``secret`` signs tokens and keys hashes; it is needed outside the demo.

    What is None follows ``is_production``: everything is shown and nothing counted in development, and the other way
    round in production.
    """

    model_config = SettingsConfigDict(env_prefix="LEADGATE_", frozen=True)

    database: str = DEFAULT_DATABASE
    secret: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    is_demo: bool = False
    is_production: bool = False
    has_graphiql: bool | None = None
    has_introspection: bool | None = None
    has_suggestions: bool | None = None
    is_trusted_only: bool = False
    """Whether nothing but registered documents is served."""
    trusted_max_age: int = Field(default=0, ge=0)
    """Seconds for which a browser may reuse the answer to a trusted query without asking."""
    allowed_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_words)] = ()
    """Origins whose pages may use the API besides the server's own; in the variable, with blanks or commas between."""
    operation_seconds: float = Field(default=30.0, gt=0)
    """How long one operation may take."""
    user_rate: Rate | None = None
    """Requests of one user, such as ``1200/minute``, or ``none``."""
    tenant_rate: Rate | None = None
    """Requests of all users of one tenant together."""
    rate_storage: str = IN_MEMORY
    """Where requests are counted: in this process, or at one of the ``async+`` URLs of the library ``limits``."""
    pool_size: int = Field(default=8, ge=1)
    upkeep_seconds: float = Field(default=5.0, gt=0)
    """How often key frequencies are folded and old idempotency answers forgotten."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.is_demo and self.is_production:
            raise ValueError("the demo lets anybody act as any user, and cannot be served as production")
        if self.rate_storage != IN_MEMORY and not self.rate_storage.startswith("async+"):
            raise ValueError(f"rate_storage has to be {IN_MEMORY} or begin with async+")
        return self

    @property
    def serves_graphiql(self) -> bool:
        """Whether there is GraphiQL."""
        return self._shown(self.has_graphiql)

    def serving(self) -> Serving:
        """How the endpoint serves."""
        return Serving(
            has_introspection=self._shown(self.has_introspection),
            has_suggestions=self._shown(self.has_suggestions),
            is_trusted_only=self.is_trusted_only,
            time_limit=self.operation_seconds,
            trusted_max_age=self.trusted_max_age,
            origins=Origins(frozenset(self.allowed_origins)),
        )

    def rates(self) -> Rates:
        """How many requests users and tenants may send."""
        return Rates(
            self._counted(self.user_rate, USER_RATE), self._counted(self.tenant_rate, TENANT_RATE), self.rate_storage
        )

    def _shown(self, told: bool | None) -> bool:  # noqa: FBT001 (a value, not a switch)
        return not self.is_production if told is None else told

    def _counted(self, told: str | None, in_production: str) -> str | None:
        rate = told or (in_production if self.is_production else UNLIMITED)
        return None if rate == UNLIMITED else rate
