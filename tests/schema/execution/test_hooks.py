"""Extensions' hooks are called as Strawberry calls them."""

from collections.abc import Iterator

import strawberry
from strawberry.extensions import SchemaExtension

from schema.build import Schema


@strawberry.type
class Query:
    """Something to ask."""

    plain: str = "plain"


async def test_hooks_that_an_extension_has_are_called_and_others_are_not_prepared() -> None:
    """Around the operation and around its execution, in order; an extension without hooks changes nothing."""
    called: list[str] = []

    class Noting(SchemaExtension):
        def on_operation(self) -> Iterator[None]:
            called.append("operation")
            yield
            called.append("end of operation")

        def on_execute(self) -> Iterator[None]:
            called.append("execute")
            yield
            called.append("end of execute")

    class Silent(SchemaExtension):
        pass

    for extensions in ([Silent], [Silent, Noting]):
        result = await Schema(Query, extensions=extensions).execute("{ plain }", root_value=Query())
        assert result.data == {"plain": "plain"}

    assert called == ["operation", "execute", "end of execute", "end of operation"]
