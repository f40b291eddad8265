"""The hooks of Strawberry's extensions around an operation, entered only where an extension has one."""

from typing import Any

from strawberry.extensions import SchemaExtension
from strawberry.extensions.runner import SchemaExtensionsRunner


class _Nothing:
    """A block around which nothing is done."""

    async def __aenter__(self) -> None:
        """Begin nothing."""

    async def __aexit__(self, *_: object) -> None:
        """End nothing."""


_NOTHING = _Nothing()


class HooksInUse(SchemaExtensionsRunner):
    """Strawberry's runner, without the cost of preparing hooks that no extension has."""

    def operation(self) -> Any:  # noqa: ANN401
        """What is done around the whole operation."""
        return super().operation() if self._has("on_operation") else _NOTHING

    def executing(self) -> Any:  # noqa: ANN401
        """What is done around its execution."""
        return super().executing() if self._has("on_execute") else _NOTHING

    def _has(self, hook: str) -> bool:
        stock = getattr(SchemaExtension, hook)
        return any(getattr(type(each), hook) is not stock for each in self.extensions)
