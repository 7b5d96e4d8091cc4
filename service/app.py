"""The application: routes, middleware, problems, and what lives as long as it does.

Owns how they are put together. ``create_app`` is what a server is given.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from service.bootstrap import attend_batches, open_workbench, warm_up
from service.dependencies import Desk
from service.errors import (
    MethodError,
    QueryError,
    ReadoutError,
    RequestError,
    ResourceMissingError,
)
from service.field_faults import describe_faults
from service.middleware import HeadAnswer, LastHandler, OriginCheck
from service.routes import batches, comparisons, documents, items, summaries
from service.routes.answers import answer_problem
from service.routes.documentation import describe_service
from service.settings import Settings
from service.showing import show

DESCRIPTION = """Typed, quoted summaries of news on trade diplomacy.

POST an article to `/v1/summaries`; every item of the summary carries verbatim quotes with exact
offsets, and its values are checked against them. Errors are problem details (RFC 9457).

`provenance.engine` names the reader: `llm`, or `embedded`: rules, not an LLM, which find less. It
reads where no LLM endpoint is configured and, if `READOUT_FALLBACK` says so, where the endpoint is
down; then the summary bears the warning `fallback_reader`."""

ROUTERS = (
    summaries.posting,
    summaries.router,
    items.router,
    comparisons.router,
    batches.posting,
    batches.router,
    documents.router,
)
"""All routes there are."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application; without ``settings`` they are loaded (``SettingsError``)."""
    settings = settings or Settings.load()

    @asynccontextmanager
    async def live(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_workbench(settings, workers=1) as workbench,
            attend_batches(settings, workbench) as attendant,
        ):
            warm_up(settings)
            by_rules = settings.chosen_reader == "embedded"
            app.state.desk = Desk(
                workbench, settings.max_chars, settings.can_read, by_rules, attendant
            )
            yield

    app = FastAPI(
        title="Readout",
        version=version("readout"),
        description=DESCRIPTION,
        lifespan=live,
        # The pages of documentation that FastAPI has are fetched from a network.
        docs_url=None,
        redoc_url=None,
        # They would lead to wherever the request's Host says.
        redirect_slashes=False,
    )
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(HeadAnswer)
    app.add_middleware(OriginCheck)
    app.add_middleware(LastHandler)
    app.add_exception_handler(ReadoutError, _answer_own)
    app.add_exception_handler(RequestValidationError, _answer_query)
    app.add_exception_handler(HTTPException, _answer_router)
    app.openapi = lambda: describe_service(app)  # type: ignore[method-assign]  # as FastAPI documents it
    return app


async def _answer_own(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ReadoutError)
    return answer_problem(error)


async def _answer_query(_request: Request, error: Exception) -> Response:
    """Say which parameter does not fit, where a route leaves the validation to FastAPI."""
    assert isinstance(error, RequestValidationError)
    return answer_problem(QueryError(describe_faults(error.errors())))


async def _answer_router(request: Request, error: Exception) -> Response:
    """Say what the router found wrong: an unknown address, or a method that it does not take."""
    assert isinstance(error, HTTPException)
    path = show(request.url.path)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return answer_problem(ResourceMissingError(f"there is nothing at {path}"))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(_find_methods(request))
        sentence = f"{path} takes {allowed}, not {show(request.method)}"
        return answer_problem(MethodError(sentence, headers={"allow": allowed}))
    return answer_problem(RequestError(error.detail))


def _find_methods(request: Request) -> list[str]:
    """Return what all routes of the request's address take together (RFC 9110, 15.5.6)."""
    methods = {
        method
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))
