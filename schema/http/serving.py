"""How the endpoint serves: what its settings may change."""

from dataclasses import dataclass, field

from schema.http.origins import Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is served, to whose pages, and for how long at most. As it comes: for development."""

    has_introspection: bool = True
    """Whether clients may ask for the schema itself."""
    has_suggestions: bool = True
    """Whether errors suggest names of the schema ("Did you mean")."""
    is_trusted_only: bool = False
    """Whether nothing but registered documents is served."""
    time_limit: float | None = 30.0
    """Seconds that one operation may take; None for any number."""
    trusted_max_age: int = 0
    """Seconds for which a browser may reuse the answer to a trusted query without asking."""
    origins: Origins = field(default_factory=Origins)
