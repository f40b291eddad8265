"""What the server shows besides GraphQL: GraphiQL, the demo's users, and whether it is well."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db import reference
from domain.paging import PageRequest
from domain.records import Role, Tenant, User
from leadgate.tokens import Claims, issue_token
from schema.http.origins import CrossOrigin, Origins
from services.backend import Backend
from services.listing import page_of_users

GRAPHIQL = Path(__file__).parent / "static" / "graphiql"
DEMO_TOKEN = timedelta(days=7)
_RANK = (Role.ADMIN, Role.MANAGER, Role.AGENT)
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Leadgate</title>
<h1>GraphiQL is not built</h1>
<p>The API itself answers at <code>/graphql</code>. To have GraphiQL here, run <code>make graphiql</code>.</p></html>"""

_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class WithHeaders:
    """An application whose answers all carry these headers."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def graphiql_routes(folder: Path = GRAPHIQL) -> list[BaseRoute]:
    """GraphiQL as it was built, or a page that says how to build it."""

    async def not_built(_: Request) -> Response:
        return HTMLResponse(_NOT_BUILT, 503)

    async def home(_: Request) -> Response:
        return RedirectResponse("/graphiql/")

    is_built = (folder / "index.html").is_file()
    page: ASGIApp = StaticFiles(directory=folder, html=True) if is_built else _endpoint(not_built)
    return [Route("/", home), Mount("/graphiql", WithHeaders(page, PAGE_HEADERS))]


def _endpoint(answer: Any) -> ASGIApp:  # noqa: ANN401
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await answer(Request(scope, receive))
        await response(scope, receive, send)

    return app


def health_route(backend: Backend) -> Route:
    """Whether the service and its database answer."""

    async def health(_: Request) -> Response:
        try:
            async with backend.database.read() as session:
                await reference.next_tenant_id(session)
        except Exception:  # noqa: BLE001 (whatever it is, the answer is the same)
            return JSONResponse({"status": "database unavailable"}, 503)
        return JSONResponse({"status": "ok"})

    return Route("/health", health)


def demo_users_route(backend: Backend, secret: bytes, origins: Origins) -> Route:
    """The users of the demo's tenant with tokens: for development only, and only in demo mode."""

    async def demo_users(_: Request) -> Response:
        async with backend.database.read() as session:
            tenants = await reference.list_tenants(session)
        users = [each for tenant in tenants[:1] for each in await _active_users(backend, tenant)]
        return JSONResponse([_shown(each, secret) for each in users], headers={"Cache-Control": "no-store"})

    return Route("/demo/users", CrossOrigin(_endpoint(demo_users), origins))


async def _active_users(backend: Backend, tenant: Tenant) -> Sequence[User]:
    return (await page_of_users(backend, tenant.id, PageRequest(size=100), is_active=True)).items


def _shown(user: User, secret: bytes) -> dict[str, str]:
    claims = Claims(tenant_id=user.tenant_id, user_id=user.id, roles=user.roles)
    role = next((each for each in _RANK if each in user.roles), Role.AGENT)
    return {"name": user.name, "role": role.value, "token": issue_token(secret, claims, DEMO_TOKEN)}
